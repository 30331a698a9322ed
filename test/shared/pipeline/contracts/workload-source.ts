/** What every source of workloads holds to. */
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../shared/base/known.ts';
import type { Tags } from '../../../../shared/base/tags.ts';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { Workload } from '../../../../shared/isolation/workload.ts';
import type { WorkloadSource } from '../../../../shared/pipeline/ports.ts';
import { digest } from '../../enrichment/findings.ts';

export interface WorkloadSubject {
  /** A source that has asked nothing yet. */
  readonly source: () => WorkloadSource;
  /** A new, empty cluster; gives its name. */
  readonly cluster: () => Promise<string>;
  /** An image that tasks can run: the only one in a repository of this name. */
  readonly image: (repository: string) => Promise<ImageReference>;
  /** Runs tasks on Fargate with one container per image, of a family of their own in each cluster; gives their ARNs. */
  readonly run: (
    cluster: string,
    family: string,
    images: readonly ImageReference[],
    count: number,
    tags?: Readonly<Record<string, string>>,
  ) => Promise<readonly string[]>;
  readonly stop: (cluster: string, taskArn: string) => Promise<void>;
}

let families = 0;
/** Cases share a party: each looks for images of its own. */
const newFamily = async ({ image }: WorkloadSubject) => {
  families += 1;
  return {
    family: `web-${families}`,
    image: await image(`shop/checkout-${families}`),
    cart: await image(`shop/cart-${families}`),
    idle: await image(`shop/idle-${families}`),
  };
};

const workload = (cluster: string, family: string, running: number, tags: Tags = {}): Workload => ({
  orchestrator: 'ecs',
  runtime: 'ecs-fargate',
  launchType: 'FARGATE',
  clusterArn: `arn:aws:ecs:eu-west-1:111122223333:cluster/${cluster}`,
  name: `family:${family}`,
  taskDefinitionArn: `arn:aws:ecs:eu-west-1:111122223333:task-definition/${family}:1`,
  running,
  tags: known(tags),
});

export const workloadSourceContract = (subject: () => WorkloadSubject): void => {
  describe('the workloads of images', () => {
    it('are counted per family, one answer for each image in order', async () => {
      const { source, cluster, run } = subject();
      const { family, image, idle } = await newFamily(subject());
      const name = await cluster();
      await run(name, family, [image], 3);
      expect(await source().workloadsOf([idle, image])).toEqual([known([]), known([workload(name, family, 3)])]);
    });

    it('are those of every container of a task', async () => {
      const { source, cluster, run } = subject();
      const { family, image, cart } = await newFamily(subject());
      const name = await cluster();
      await run(name, family, [image, cart], 1);
      const running = known([workload(name, family, 1)]);
      expect(await source().workloadsOf([image, cart])).toEqual([running, running]);
    });

    it('are found in every cluster', async () => {
      const { source, cluster, run } = subject();
      const { family, image } = await newFamily(subject());
      const [one, other] = [await cluster(), await cluster()];
      await run(one, family, [image], 1);
      await run(other, family, [image], 2);
      const [workloads] = await source().workloadsOf([image]);
      const total = workloads?.known ? workloads.value.map(({ clusterArn, running }) => [clusterArn, running]) : [];
      expect(new Map(total as [string, number][])).toEqual(
        new Map([
          [`arn:aws:ecs:eu-west-1:111122223333:cluster/${one}`, 1],
          [`arn:aws:ecs:eu-west-1:111122223333:cluster/${other}`, 2],
        ]),
      );
    });

    it('are found among more tasks than a page or a call holds', async () => {
      const { source, cluster, run } = subject();
      const { family, image } = await newFamily(subject());
      const name = await cluster();
      await run(name, family, [image], 110);
      expect(await source().workloadsOf([image])).toEqual([known([workload(name, family, 110)])]);
    });

    it('do not hold tasks that have ended', async () => {
      const { source, cluster, run, stop } = subject();
      const { family, image } = await newFamily(subject());
      const name = await cluster();
      const [task = ''] = await run(name, family, [image], 2);
      await stop(name, task);
      expect(await source().workloadsOf([image])).toEqual([known([workload(name, family, 1)])]);
    });

    it('have the tags of all their tasks', async () => {
      const { source, cluster, run } = subject();
      const { family, image } = await newFamily(subject());
      const name = await cluster();
      await run(name, family, [image], 1);
      await run(name, family, [image], 2, { criticality: 'high' });
      await run(name, family, [image], 1, { team: 'shop' });
      expect(await source().workloadsOf([image])).toEqual([
        known([workload(name, family, 4, { criticality: 'high', team: 'shop' })]),
      ]);
    });

    it('are those of the digest in its repository', async () => {
      const { source, cluster, run } = subject();
      const { family, image, idle } = await newFamily(subject());
      await run(await cluster(), family, [image], 1);
      const others = [{ ...image, digest: digest('d') }, idle];
      expect(await source().workloadsOf(others)).toEqual([known([]), known([])]);
    });
  });

  describe('the context of a task', () => {
    it('is its workload and the image of its container', async () => {
      const { source, cluster, run } = subject();
      const { family, image } = await newFamily(subject());
      const name = await cluster();
      const [task = ''] = await run(name, family, [image], 1);
      expect(await source().taskContextOf(task)).toEqual(
        known({ workload: workload(name, family, 1), containers: [{ name: 'container-0', image }] }),
      );
    });

    it('has the tags of the task', async () => {
      const { source, cluster, run } = subject();
      const { family, image } = await newFamily(subject());
      const name = await cluster();
      const [task = ''] = await run(name, family, [image], 1, { team: 'shop' });
      expect(await source().taskContextOf(task)).toMatchObject({
        value: { workload: workload(name, family, 1, { team: 'shop' }) },
      });
    });

    it('names every container', async () => {
      const { source, cluster, run } = subject();
      const { family, image, cart } = await newFamily(subject());
      const [task = ''] = await run(await cluster(), family, [image, cart], 1);
      expect(await source().taskContextOf(task)).toMatchObject({
        value: {
          containers: [
            { name: 'container-0', image },
            { name: 'container-1', image: cart },
          ],
        },
      });
    });

    it('is not known of a task that ECS has forgotten', async () => {
      const { source, cluster } = subject();
      const task = `arn:aws:ecs:eu-west-1:111122223333:task/${await cluster()}/0123456789abcdef0123456789abcdef`;
      expect(await source().taskContextOf(task)).toEqual(unknown('ECS no longer knows the task'));
    });

    it('is not known in a cluster that is gone', async () => {
      const task = 'arn:aws:ecs:eu-west-1:111122223333:task/gone/0123456789abcdef0123456789abcdef';
      expect(await subject().source().taskContextOf(task)).toEqual(
        unknown('Describing the task failed: ClusterNotFoundException'),
      );
    });
  });
};
