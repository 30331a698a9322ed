import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { weakestIsolation } from '../../../shared/isolation/weakest-isolation.ts';
import type { RuntimeId, Workload } from '../../../shared/isolation/workload.ts';

const on = (runtime: RuntimeId): Workload => ({
  orchestrator: 'ecs',
  runtime,
  clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
  name: 'service:checkout',
  running: 1,
  tags: known({}),
});

describe('weakestIsolation', () => {
  it.each<[string, readonly RuntimeId[], RuntimeId]>([
    ['the only place', ['ecs-fargate'], 'ecs-fargate'],
    ['the weaker of two', ['ecs-fargate', 'ecs-ec2'], 'ecs-ec2'],
    ['the weakest, wherever it stands', ['ecs-ec2', 'eks-node', 'ecs-managed-instances'], 'eks-node'],
    ['no known place while one is unknown', ['ecs-fargate', 'unknown'], 'unknown'],
    ['nothing of nothing', [], 'unknown'],
  ])('is that of %s', (_which, runtimes, expected) => {
    expect(weakestIsolation(known(runtimes.map(on)), true).runtime).toBe(expected);
  });

  it('is weak when one place is, whatever the unknown one may be', () => {
    expect(weakestIsolation(known([on('unknown'), on('ecs-ec2')]), true, true)).toMatchObject({
      runtime: 'ecs-ec2',
      class: 'weak',
    });
  });

  it.each<[string, RuntimeId, boolean, RuntimeId]>([
    ['unknown', 'ecs-fargate', false, 'unknown'],
    ['that of a place that is weak already', 'ecs-ec2', true, 'ecs-ec2'],
  ])('is %s where others may run it too', (_which, runtime, privileged, expected) => {
    const some = { ...known([on(runtime)]), incomplete: 'EKS was not asked' };
    expect(weakestIsolation(some, true, privileged).runtime).toBe(expected);
  });

  it('is unknown when the lookup failed', () => {
    expect(weakestIsolation(unknown('denied'), false)).toMatchObject({ class: 'unknown', remaining: [] });
  });
});
