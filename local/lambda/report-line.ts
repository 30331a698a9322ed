/** The line that Lambda adds to a function's log for each event, in its text form. */

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  /** Only when the handler was loaded for the event. */
  readonly initMs: number | undefined;
  readonly memoryMb: number;
  readonly usedMb: number;
}

export const reportLine = ({ requestId, durationMs, initMs, memoryMb, usedMb }: Report): string =>
  [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    // Lambda bills the loading of the handler as well.
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${usedMb} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
  ].join('\t');
