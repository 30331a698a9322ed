/** The tagged repositories of any party that speaks ECR. */
import { CreateRepositoryCommand, ECRClient, type Tag, TagResourceCommand } from '@aws-sdk/client-ecr';
import { ecrRepositoryTags } from '../../../shared/aws/ecr-repository-tags.ts';
import type { RepositoryTagSubject } from '../../shared/pipeline/contracts/repository-tag-source.ts';
import { ACCOUNT, type AwsEndpoint } from './aws-endpoint.ts';

const listOf = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const repositoryTagSubject = (aws: AwsEndpoint): RepositoryTagSubject => {
  const admin = new ECRClient(aws);
  return {
    source: ecrRepositoryTags,
    create: async (repositoryName, tags = {}) => {
      await admin.send(new CreateRepositoryCommand({ repositoryName, tags: listOf(tags) }));
    },
    tag: async (repository, tags) => {
      const resourceArn = `arn:aws:ecr:${aws.region}:${ACCOUNT}:repository/${repository}`;
      await admin.send(new TagResourceCommand({ resourceArn, tags: listOf(tags) }));
    },
  };
};
