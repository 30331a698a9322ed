/** What Inspector knows about findings beyond its events: CISA's entry, attacks that were seen, and EPSS. */
import { BatchGetFindingDetailsCommand, type FindingDetail, Inspector2Client } from '@aws-sdk/client-inspector2';
import { type Known, known, unknown } from '../base/known.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import type { FindingDetailsSource } from '../pipeline/ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

/** Inspector refuses a whole call for one ARN that is not in its form. */
const FINDING_ARN = /^arn:[a-z-]{1,20}:inspector2:[a-z0-9-]{1,20}:\d{12}:finding\/[a-f0-9]{32}$/;

export const inspectorDetailsSource = (): FindingDetailsSource => {
  const inspector = new Inspector2Client(clientDefaults);
  return {
    detailsOf: async (findingArns, askedOn, signal) => {
      const asked = findingArns.filter((arn) => FINDING_ARN.test(arn));
      const answerTo = asked.length === 0 ? undefined : await ask(inspector, asked, askedOn, signal);
      return findingArns.map((arn) =>
        answerTo && FINDING_ARN.test(arn) ? answerTo(arn) : unknown('the finding’s ARN is not one of Inspector’s'),
      );
    },
  };
};

const ask = async (
  inspector: Inspector2Client,
  findingArns: readonly string[],
  askedOn: string,
  abortSignal: AbortSignal,
): Promise<(arn: string) => Known<FindingDetails>> => {
  try {
    const { findingDetails = [], errors = [] } = await inspector.send(
      new BatchGetFindingDetailsCommand({ findingArns: [...findingArns] }),
      { abortSignal },
    );
    const details = new Map(findingDetails.map((detail) => [detail.findingArn, detailsFrom(detail, askedOn)]));
    const codes = new Map(errors.map(({ findingArn, errorCode }) => [findingArn, errorCode]));
    return (arn) => {
      const found = details.get(arn);
      return found ? known(found) : unknown(`Inspector gave no details (${codes.get(arn) ?? 'without a reason'})`);
    };
  } catch (thrown) {
    const failed = unknown(
      abortSignal.aborted
        ? 'Inspector did not answer in time'
        : errorFromAws(thrown, 'Asking Inspector for details').message,
    );
    return () => failed;
  }
};

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
