import { expect, it } from 'vitest';
import { reportLine } from '../../../local/lambda/report-line.ts';

const report = { requestId: 'id-1', durationMs: 12.345, initMs: undefined, memoryMb: 512, usedMb: 86 };

it.each([
  [
    'of an event in a warm environment',
    report,
    'REPORT RequestId: id-1\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 86 MB',
  ],
  [
    'of an event for which the handler was loaded',
    { ...report, initMs: 200 },
    'REPORT RequestId: id-1\tDuration: 12.35 ms\tBilled Duration: 213 ms\tMemory Size: 512 MB\tMax Memory Used: 86 MB\tInit Duration: 200.00 ms',
  ],
])('the REPORT line %s', (_title, input, line) => {
  expect(reportLine(input)).toBe(line);
});
