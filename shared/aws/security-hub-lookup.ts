/** Which of our findings in Security Hub came from a finding of Inspector or GuardDuty. */
import { GetFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { errorFromAws } from './error-from-aws.ts';

/** One page: a source's finding is one of ours, or as many as its images. */
const MOST = 100;

/** Ids in Security Hub, of the newest first. Throws the AWS_* codes. */
export const importedFrom = async (hub: SecurityHubClient, sourceArn: string): Promise<readonly string[]> => {
  const { Findings = [] } = await hub
    .send(
      new GetFindingsCommand({
        Filters: { ProductFields: [{ Key: 'sekisho/source-finding', Value: sourceArn, Comparison: 'EQUALS' }] },
        SortCriteria: [{ Field: 'UpdatedAt', SortOrder: 'desc' }],
        MaxResults: MOST,
      }),
    )
    .catch((thrown: unknown) => {
      throw errorFromAws(thrown, 'Searching Security Hub');
    });
  return Findings.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
};
