/** The findings of any party that speaks Security Hub. */
import { BatchUpdateFindingsCommand, paginateGetFindings, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { securityHubSink } from '../../../shared/aws/security-hub-sink.ts';
import type { SecurityHubSubject } from '../../shared/pipeline/contracts/finding-sink.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

/** Its hub is enabled. */
export const securityHubSubject = (aws: AwsEndpoint): SecurityHubSubject => {
  const admin = new SecurityHubClient(aws);
  return {
    sink: securityHubSink(),
    read: async (id) => {
      const Filters = { Id: [{ Comparison: 'EQUALS' as const, Value: id }] };
      // Page by page: a party may take no notice of filters.
      for await (const { Findings = [] } of paginateGetFindings({ client: admin }, { Filters })) {
        const found = Findings.find(({ Id }) => Id === id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    resolve: async ({ Id, ProductArn }, text) => {
      await admin.send(
        new BatchUpdateFindingsCommand({
          FindingIdentifiers: [{ Id, ProductArn }],
          Workflow: { Status: 'RESOLVED' },
          Note: { Text: text, UpdatedBy: 'someone' },
        }),
      );
    },
  };
};
