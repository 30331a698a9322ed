/** Faults of the runtime itself: written to the log at once, and not forgotten. */
import { AwsError } from './endpoint/aws-error.ts';

export interface FaultLog {
  readonly report: (error: unknown) => void;
  /** For errors that a client may have caused: those are its own, and no fault. */
  readonly note: (error: unknown) => void;
  readonly throwIfAny: () => void;
}

export const createFaultLog = (onLog: (line: string) => void): FaultLog => {
  const faults: unknown[] = [];
  const report = (error: unknown): void => {
    faults.push(error);
    onLog(`local runtime: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  return {
    report,
    note: (error) => {
      if (!(error instanceof AwsError)) report(error);
    },
    throwIfAny: () => {
      if (faults.length > 0) throw new AggregateError(faults, 'the local runtime itself failed');
    },
  };
};
