/** GetClustersForImage: where the local ECS runs an image, grouped as Inspector groups it. */
import type { Task } from '@aws-sdk/client-ecs';
import type { ClusterDetails, ClusterInformation } from '@aws-sdk/client-inspector2';

export interface WantedImage {
  readonly repository: string;
  /** Undefined when every image of the repository is meant. */
  readonly digest: string | undefined;
}

const RESOURCE = /^arn:[^:]+:ecr:[^:]*:\d{12}:repository\/(?<repository>.+?)(?:\/(?<digest>sha256:[0-9a-f]{64}))?$/;

/** From the ARN of a repository or of an image; undefined for any other text. */
export const wantedImageFrom = (resourceId: string): WantedImage | undefined => {
  const { repository, digest } = RESOURCE.exec(resourceId)?.groups ?? {};
  return repository === undefined ? undefined : { repository, digest };
};

const runs = (task: Task, wanted: WantedImage, repositoryOf: (image: string) => string | undefined): boolean =>
  (task.containers ?? []).some(
    ({ image = '', imageDigest }) =>
      repositoryOf(image) === wanted.repository && (wanted.digest === undefined || wanted.digest === imageDigest),
  );

const detailsFrom = (tasks: readonly Task[], now: Date): ClusterDetails => {
  const [first] = tasks;
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
  const stops = tasks.map(({ stoppedAt }) => stoppedAt?.getTime() ?? 0);
  return {
    lastInUse: running > 0 ? now : new Date(Math.max(...stops)),
    runningUnitCount: running,
    stoppedUnitCount: tasks.length - running,
    clusterMetadata: {
      awsEcsMetadataDetails: { detailsGroup: first?.group ?? '', taskDefinitionArn: first?.taskDefinitionArn ?? '' },
    },
  };
};

export const clustersForImage = (
  tasks: readonly Task[],
  wanted: WantedImage,
  repositoryOf: (image: string) => string | undefined,
  now: Date,
): readonly ClusterInformation[] => {
  const running = tasks.filter((task) => runs(task, wanted, repositoryOf));
  const byCluster = Map.groupBy(running, ({ clusterArn = '' }) => clusterArn);
  return [...byCluster].map(([clusterArn, ofCluster]) => {
    const byUnit = Map.groupBy(ofCluster, ({ group, taskDefinitionArn }) => JSON.stringify([group, taskDefinitionArn]));
    return { clusterArn, clusterDetails: [...byUnit.values()].map((unit) => detailsFrom(unit, now)) };
  });
};
