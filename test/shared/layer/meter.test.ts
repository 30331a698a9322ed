import { describe, expect, it } from 'vitest';
import { type Budget, DEFAULT_BUDGET } from '../../../shared/layer/budget.ts';
import { createMeter, type Meter } from '../../../shared/layer/meter.ts';

const BUDGET: Budget = {
  ...DEFAULT_BUDGET,
  compressedBytes: 1000,
  uncompressedBytes: 5000,
  ratio: 10,
  ratioFreeBytes: 100,
  entries: 2,
  milliseconds: 2000,
};

const meterAt = (times: readonly number[]): Meter => {
  let turn = 0;
  return createMeter(BUDGET, () => times[Math.min(turn++, times.length - 1)] ?? 0);
};

describe('a budget', () => {
  it.each<[string, readonly number[], (meter: Meter) => void, string | undefined]>([
    ['of stored bytes is kept to its last byte', [0], (meter) => meter.addCompressed(1000), undefined],
    ['of stored bytes is passed after it', [0], (meter) => [600, 401].forEach(meter.addCompressed), 'bytes'],
    ['of unpacked bytes is kept to its last byte', [0], (meter) => meter.addUncompressed(5000, 1000), undefined],
    ['of unpacked bytes is passed after it', [0], (meter) => meter.addUncompressed(5001, 1000), 'bytes'],
    ['of the ratio is kept at the ratio', [0], (meter) => meter.addUncompressed(1000, 100), undefined],
    ['of the ratio is passed above it', [0], (meter) => meter.addUncompressed(1001, 100), 'ratio'],
    ['of the ratio does not hold for few bytes', [0], (meter) => meter.addUncompressed(100, 1), undefined],
    ['of entries is kept at their number', [0], (meter) => [1, 2].forEach(meter.addEntry), undefined],
    ['of entries is passed after it', [0], (meter) => [1, 2, 3].forEach(meter.addEntry), 'files'],
    ['of time is kept to its end', [500, 2500], (meter) => meter.addCompressed(1), undefined],
    ['of time is passed while reading', [500, 2501], (meter) => meter.addCompressed(1), 'time'],
    ['of time is passed while unpacking', [500, 2501], (meter) => meter.addUncompressed(1, 1), 'time'],
  ])('%s', (_title, times, use, by) => {
    const meter = meterAt(times);
    use(meter);
    expect(meter.passed()?.by).toBe(by);
  });

  it('that is passed first is the one that is named', () => {
    const meter = meterAt([0]);
    meter.addUncompressed(5001, 1000);
    meter.addCompressed(1001);
    expect(meter.passed()).toEqual({
      by: 'bytes',
      text: 'the layer is larger than 5000 bytes when it is unpacked; the rest was not read, and the digest not checked',
    });
  });
});
