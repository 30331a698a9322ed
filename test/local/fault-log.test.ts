import { beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../local/endpoint/aws-error.ts';
import { createFaultLog, type FaultLog } from '../../local/fault-log.ts';

let lines: string[];
let faults: FaultLog;
beforeEach(() => {
  lines = [];
  faults = createFaultLog((line) => lines.push(line));
});

describe('a fault', () => {
  it('is written at once with its stack, and not forgotten', () => {
    const fault = new Error('broken');
    faults.report(fault);
    expect(lines).toEqual([`local runtime: ${fault.stack}`]);
    for (const _look of [1, 2])
      expect(() => faults.throwIfAny()).toThrow(new AggregateError([fault], 'the local runtime itself failed'));
  });

  it('may be any value', () => {
    faults.report('a text');
    expect(lines).toEqual(['local runtime: a text']);
  });
});

describe('an error of a call', () => {
  it('is no fault when the service answered so', () => {
    faults.note(new AwsError('ValidationException', 'the name is too long'));
    expect(() => faults.throwIfAny()).not.toThrow();
    expect(lines).toEqual([]);
  });

  it('is a fault when the service itself failed', () => {
    faults.note(new TypeError('undefined is no function'));
    expect(() => faults.throwIfAny()).toThrow(AggregateError);
  });
});
