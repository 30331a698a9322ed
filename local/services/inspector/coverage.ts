/** ListCoverage: the images of the registry, and whether their first scan is over. */
import type { CoveredResource } from '@aws-sdk/client-inspector2';
import { imageArn } from '../../../shared/image/image-reference.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';

export interface CoverageOptions {
  readonly account: string;
  readonly region: string;
  readonly store: RegistryStore;
}

export const coveredImages = (
  { account, region, store }: CoverageOptions,
  scanned: ReadonlySet<string>,
): readonly CoveredResource[] =>
  store.repositories().flatMap(({ name }) =>
    (store.images(name) ?? []).map(
      ({ digest, tags }): CoveredResource => ({
        resourceType: 'AWS_ECR_CONTAINER_IMAGE',
        resourceId: imageArn({ partition: 'aws', account, region, repository: name, digest }),
        accountId: account,
        scanType: 'PACKAGE',
        scanStatus: { statusCode: 'ACTIVE', reason: scanned.has(digest) ? 'SUCCESSFUL' : 'PENDING_INITIAL_SCAN' },
        resourceMetadata: { ecrImage: { tags: [...tags] } },
      }),
    ),
  );
