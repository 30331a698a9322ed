/** What any party that speaks ECR knows around an image. */
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ecrRegistryFacts } from '../../../shared/aws/ecr-registry-facts.ts';
import type { RegistryFactsSubject } from '../../shared/pipeline/contracts/registry-facts.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';
import type { Push } from './images.ts';

export const registryFactsSubject = (aws: AwsEndpoint, push: Push): RegistryFactsSubject => {
  const admin = new ECRClient(aws);
  return {
    facts: ecrRegistryFacts(),
    create: async (repositoryName, imageTagMutability) => {
      const exclusions = [{ filterType: 'WILDCARD', filter: 'dev-*' } as const];
      await admin.send(
        new CreateRepositoryCommand({
          repositoryName,
          imageTagMutability,
          ...(imageTagMutability?.endsWith('EXCLUSION') && { imageTagMutabilityExclusionFilters: exclusions }),
        }),
      );
    },
    push,
  };
};
