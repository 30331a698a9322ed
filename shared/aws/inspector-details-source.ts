/** What Inspector knows about findings beyond its events: CISA's entry, attacks that were seen, and EPSS. */
import { BatchGetFindingDetailsCommand, type FindingDetail, Inspector2Client } from '@aws-sdk/client-inspector2';
import { mapEnded } from '../base/ended.ts';
import { known, unknown } from '../base/known.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import type { DetailsAnswer, FindingDetailsSource } from '../pipeline/ports.ts';
import { batchesOf } from './batches-of.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

/** BatchGetFindingDetails takes 10 findings a call. AWS publishes no rate for it. */
const FINDINGS_A_CALL = { count: 10, bytes: Number.POSITIVE_INFINITY };
const CALLS_AT_ONCE = 2;

/** Inspector refuses a whole call for one ARN that is not in its form. */
const FINDING_ARN = /^arn:[a-z-]{1,20}:inspector2:[a-z0-9-]{1,20}:\d{12}:finding\/[a-f0-9]{32}$/;

/** What Inspector will say of the finding for as long as it is: its other codes, and no code at all, may pass. */
const FOR_GOOD: ReadonlySet<string | undefined> = new Set(['FINDING_DETAILS_NOT_FOUND', 'INVALID_INPUT']);

export const inspectorDetailsSource = (): FindingDetailsSource => {
  const inspector = new Inspector2Client(clientDefaults);
  return {
    detailsOf: async (findingArns, askedOn) => {
      const asked = findingArns.filter((arn) => FINDING_ARN.test(arn));
      const answers = await mapEnded(
        batchesOf(asked, FINDINGS_A_CALL, () => 0),
        (batch) =>
          ask(
            inspector,
            batch.map(({ item }) => item),
            askedOn,
          ),
        { concurrency: CALLS_AT_ONCE },
      );
      const byArn = new Map(answers.flatMap((answer) => [...answer]));
      return findingArns.map((arn) => byArn.get(arn) ?? unknown('the finding’s ARN is not one of Inspector’s'));
    },
  };
};

const ask = async (
  inspector: Inspector2Client,
  findingArns: readonly string[],
  askedOn: string,
): Promise<ReadonlyMap<string, DetailsAnswer>> => {
  try {
    const { findingDetails = [], errors = [] } = await inspector.send(
      new BatchGetFindingDetailsCommand({ findingArns: [...findingArns] }),
    );
    const details = new Map(findingDetails.map((detail) => [detail.findingArn, detailsFrom(detail, askedOn)]));
    const codes = new Map(errors.map(({ findingArn, errorCode }) => [findingArn, errorCode]));
    return new Map(
      findingArns.map((arn) => {
        const found = details.get(arn);
        return [arn, found ? known(found) : refusal(codes.get(arn))];
      }),
    );
  } catch (thrown) {
    const { message, retryable } = errorFromAws(thrown, 'Asking Inspector for details');
    return new Map(findingArns.map((arn) => [arn, { ...unknown(message), retryable }]));
  }
};

const refusal = (code: string | undefined): DetailsAnswer => ({
  ...unknown(`Inspector gave no details (${code ?? 'without a reason'})`),
  retryable: !FOR_GOOD.has(code),
});

const detailsFrom = ({ cisaData, exploitObserved, epssScore }: FindingDetail, askedOn: string): FindingDetails => {
  const [dateAdded, firstSeen, lastSeen] = [cisaData?.dateAdded, exploitObserved?.firstSeen, exploitObserved?.lastSeen];
  return {
    askedOn,
    // An entry without anything in it is none.
    ...(cisaData &&
      Object.values(cisaData).some(Boolean) && {
        cisa: { ...(dateAdded && { dateAdded: dateAdded.toISOString().slice(0, 10) }) },
      }),
    ...((firstSeen || lastSeen) && {
      exploitObserved: {
        ...(firstSeen && { firstSeen: firstSeen.toISOString() }),
        ...(lastSeen && { lastSeen: lastSeen.toISOString() }),
      },
    }),
    ...(epssScore !== undefined && { epss: epssScore }),
  };
};
