/** The workloads of EKS that run an image, as Inspector tells of them: it needs no access to the cluster. */
import { type Inspector2Client, paginateGetClustersForImage } from '@aws-sdk/client-inspector2';
import { type Known, known, unknown } from '../base/known.ts';
import { type ImageReference, imageArn } from '../image/image-reference.ts';
import type { Workload } from '../isolation/workload.ts';
import { errorFromAws } from './error-from-aws.ts';

/** Those of a cluster would need access to it, and Inspector tells none. */
const TAGS_NOT_READ = unknown('the tags of EKS workloads are not read');

/** Inspector's picture is up to a day old and knows EKS, which ECS does not; its silence says nothing about EKS. */
export const eksWorkloadsOf = async (
  inspector: Inspector2Client,
  image: ImageReference,
): Promise<Known<readonly Workload[]>> => {
  try {
    const workloads: Workload[] = [];
    const pages = paginateGetClustersForImage({ client: inspector }, { filter: { resourceId: imageArn(image) } });
    for await (const { cluster = [] } of pages)
      for (const { clusterArn, clusterDetails = [] } of cluster)
        for (const { clusterMetadata, runningUnitCount } of clusterDetails) {
          const eks = clusterMetadata?.awsEksMetadataDetails;
          if (clusterArn === undefined || eks === undefined || !runningUnitCount) continue;
          const [named] = eks.workloadInfoList ?? [];
          workloads.push({
            orchestrator: 'eks',
            runtime: 'eks-node',
            clusterArn,
            name: [eks.namespace, named?.type, named?.name].filter((part) => part !== undefined).join('/'),
            running: runningUnitCount,
            tags: TAGS_NOT_READ,
          });
        }
    return known(workloads);
  } catch (thrown) {
    return unknown(errorFromAws(thrown, 'Asking Inspector where the image runs').message);
  }
};
