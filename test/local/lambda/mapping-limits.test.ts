import { describe, expect, it } from 'vitest';
import { checkMappingLimits, type MappingSettings, mappingAdvice } from '../../../local/lambda/mapping-limits.ts';

const settings = (changes: Partial<MappingSettings>): MappingSettings => ({
  queue: 'work',
  batchSize: 10,
  windowSeconds: 0,
  visibilityTimeoutSeconds: 360,
  functionTimeoutSeconds: 60,
  ...changes,
});

describe('Lambda refuses', () => {
  it.each<[string, Partial<MappingSettings>, string]>([
    ['a batch size of 0', { batchSize: 0 }, 'BatchSize must be a whole number from 1 to 10000, not 0.'],
    [
      'a batch size above 10 without a window',
      { batchSize: 11 },
      'A BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1.',
    ],
    [
      'a window of more than five minutes',
      { windowSeconds: 301 },
      'MaximumBatchingWindowInSeconds must be a whole number from 0 to 300, not 301.',
    ],
    [
      'a maximum concurrency of 1',
      { maximumConcurrency: 1 },
      'MaximumConcurrency must be a whole number from 2 to 1000, not 1.',
    ],
    [
      'a batch size above 10 for an ordered queue',
      { queue: 'work.fifo', batchSize: 11, windowSeconds: 0 },
      'BatchSize must be a whole number from 1 to 10, not 11.',
    ],
    [
      'a window for an ordered queue',
      { queue: 'work.fifo', windowSeconds: 1 },
      'MaximumBatchingWindowInSeconds must be a whole number from 0 to 0, not 1.',
    ],
    [
      'a visibility timeout below the timeout of the function',
      { visibilityTimeoutSeconds: 30 },
      'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    ],
  ])('%s', (_title, changes, message) => {
    expect(() => checkMappingLimits(settings(changes))).toThrow(new RangeError(message));
  });
});

it.each<[string, Partial<MappingSettings>]>([
  ['the most of everything', { batchSize: 10_000, windowSeconds: 300, maximumConcurrency: 1_000 }],
  ['a visibility timeout that is just that of the function', { visibilityTimeoutSeconds: 60 }],
])('Lambda takes %s', (_title, changes) => {
  expect(() => checkMappingLimits(settings(changes))).not.toThrow();
});

describe('the advice for the visibility timeout', () => {
  it('is six times the timeout of the function, plus the window', () => {
    expect(mappingAdvice(settings({ windowSeconds: 5 }))).toBe(
      'The visibility timeout of work is 360 seconds; Lambda advises at least 365: ' +
        'six times the function timeout of 60, plus the batching window of 5.',
    );
  });

  it.each<[string, Partial<MappingSettings>]>([
    ['without a window', {}],
    ['with a window', { windowSeconds: 5, visibilityTimeoutSeconds: 365 }],
  ])('is not given when it is followed %s', (_title, changes) => {
    expect(mappingAdvice(settings(changes))).toBeUndefined();
  });
});
