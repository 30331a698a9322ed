import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../cli/replay/read-event.ts';

const GOOD = { 'detail-type': 'ECR Image Action', source: 'aws.ecr', detail: {} };

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('an item of a file', () => {
  it('with detail-type, source and detail is an event, whatever else is there or is not', () => {
    expect(readEvent({ ...GOOD, more: 1 })).toEqual({ ok: true, event: { ...GOOD, more: 1 } });
  });

  it.each<[unknown, string]>([
    [null, 'it is null, not an EventBridge event'],
    [42, 'it is a number, not an EventBridge event'],
    [true, 'it is a boolean, not an EventBridge event'],
    ['event', 'it is a text, not an EventBridge event'],
    [[GOOD], 'it is a list in a list, not an EventBridge event'],
    [{}, 'it has no detail-type, source and detail: it is no EventBridge event'],
    [{ source: 'aws.ecr' }, 'it has no detail-type and detail: it is no EventBridge event'],
    [{ ...GOOD, 'detail-type': 1 }, 'its detail-type is empty or no text'],
    [{ ...GOOD, 'detail-type': '' }, 'its detail-type is empty or no text'],
  ])('like %j is none, and no detail-type is told', (item, reason) => {
    expect(readEvent(item)).toEqual({ ok: false, detailType: null, reason });
  });

  it.each<[unknown, string]>([
    [{ ...GOOD, source: '' }, 'its source is empty or no text'],
    [{ ...GOOD, detail: '{}' }, 'its detail is no JSON object'],
    [{ ...GOOD, detail: [] }, 'its detail is no JSON object'],
    [{ ...GOOD, source: null, detail: null }, 'its source is empty or no text, and its detail is no JSON object'],
    [{ 'detail-type': 'ECR Image Action', source: 'aws.ecr' }, 'it has no detail: it is no EventBridge event'],
  ])('like %j is none, and its detail-type is told', (item, reason) => {
    expect(readEvent(item)).toEqual({ ok: false, detailType: 'ECR Image Action', reason });
  });

  it('that takes its fields from a prototype has none', () => {
    expect(readEvent(JSON.parse('{"__proto__":{"source":"aws.ecr","detail-type":"x","detail":{}}}'))).toMatchObject({
      reason: 'it has no detail-type, source and detail: it is no EventBridge event',
    });
  });

  it.each<[number, boolean]>([
    [498, true],
    [499, false],
    [500_000, false],
  ])('with %d lists in one another in its detail: an event is %s', (levels, ok) => {
    expect(readEvent({ ...GOOD, detail: { deep: nested(levels) } }).ok).toBe(ok);
  });
});
