/** What stands in the local Security Hub, read as any client reads it. */
import { type AwsSecurityFinding, paginateGetFindings, SecurityHubClient } from '@aws-sdk/client-securityhub';

export const listHubFindings = async ({
  endpoint,
  region,
}: {
  readonly endpoint: string;
  readonly region: string;
}): Promise<readonly AwsSecurityFinding[]> => {
  const hub = new SecurityHubClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'READER', secretAccessKey: 'reader' },
  });
  const findings: AwsSecurityFinding[] = [];
  for await (const { Findings = [] } of paginateGetFindings({ client: hub, pageSize: 100 }, {}))
    findings.push(...Findings);
  hub.destroy();
  return findings;
};
