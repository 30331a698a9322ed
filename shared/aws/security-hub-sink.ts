/** Findings into Security Hub: up to 100 a call, and the failures inside HTTP 200 mapped back to their finding. */
import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AsffFinding } from '../asff/asff.ts';
import { SekishoError } from '../base/errors.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { FindingSink } from '../pipeline/ports.ts';
import { batchesOf, type Indexed } from './batches-of.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';
import { sdkFindingFromAsff } from './sdk-finding-from-asff.ts';

/** BatchImportFindings: 100 findings and 6 MB a call; a little is left for the envelope. */
const BATCH = { count: 100, bytes: 6 * 1000 * 1000 - 1000 } as const;

/** Per-finding error codes that trying again can mend. */
const TRANSIENT = new Set([
  'InternalError',
  'InternalException',
  'ThrottlingException',
  'LimitExceeded',
  'ConcurrentUpdateError',
]);

export const securityHubSink = (): FindingSink => {
  const hub = new SecurityHubClient(clientDefaults);
  return {
    send: async (findings) => {
      const results: Result<void, SekishoError>[] = findings.map(() => ok(undefined));
      for (const batch of batchesOf(findings, BATCH, (finding) => Buffer.byteLength(JSON.stringify(finding))))
        for (const { index, error } of await importBatch(hub, batch)) results[index] = err(error);
      return results;
    },
  };
};

/** Importing again does no harm: the same finding with the same time changes nothing. */
const unsure = (): SekishoError =>
  new SekishoError('AWS_UNAVAILABLE', 'Security Hub reported a failure for a finding that was not sent.');

interface Failure {
  readonly index: number;
  readonly error: SekishoError;
}

const importBatch = async (
  hub: SecurityHubClient,
  batch: readonly Indexed<AsffFinding>[],
): Promise<readonly Failure[]> => {
  try {
    const { FailedFindings = [] } = await hub.send(
      new BatchImportFindingsCommand({ Findings: batch.map(({ item }) => sdkFindingFromAsff(item)) }),
    );
    const failed = new Map(FailedFindings.map((failure) => [failure.Id, failure]));
    const ids = new Set(batch.map(({ item }) => item.Id));
    // A failure of a finding that nobody sent is one of ours under a name that we do not know: then none is sure.
    const isSure = FailedFindings.every(({ Id }) => Id !== undefined && ids.has(Id));
    return batch.flatMap(({ index, item }): readonly Failure[] => {
      const failure = failed.get(item.Id);
      if (failure === undefined) return isSure ? [] : [{ index, error: unsure() }];
      const code = failure.ErrorCode ?? 'an unnamed error';
      return [
        {
          index,
          error: new SekishoError(
            TRANSIENT.has(code) ? 'AWS_UNAVAILABLE' : code === 'InvalidAccess' ? 'AWS_DENIED' : 'FINDING_REFUSED',
            `Security Hub refused the finding: ${code}: ${failure.ErrorMessage ?? ''}`.slice(0, 500),
          ),
        },
      ];
    });
  } catch (thrown) {
    const error = errorFromAws(thrown, 'Importing findings into Security Hub');
    // A call that is refused as a whole may hold one bad finding: halving finds it, and spares the others.
    if (error.code === 'AWS_REJECTED' && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      return [...(await importBatch(hub, batch.slice(0, middle))), ...(await importBatch(hub, batch.slice(middle)))];
    }
    return batch.map(({ index }) => ({ index, error }));
  }
};
