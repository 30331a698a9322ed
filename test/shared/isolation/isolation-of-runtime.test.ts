import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Barrier, BarrierState } from '../../../shared/isolation/barriers.ts';
import { isolationOf } from '../../../shared/isolation/isolation-of-runtime.ts';
import type { RuntimeId } from '../../../shared/isolation/workload.ts';

const BARRIERS: readonly Barrier[] = ['USER', 'NNP', 'CAPS', 'SECCOMP', 'LSM', 'NS', 'FS', 'ROFS', 'HOSTOS', 'VM'];
const STATES: Readonly<Record<string, BarrierState>> = { y: 'present', n: 'absent', '?': 'unknown' };

/** One letter per barrier, in the order above. */
const barriers = (letters: string) =>
  Object.fromEntries(BARRIERS.map((barrier, at) => [barrier, STATES[letters.charAt(at)]]));

describe('isolationOf', () => {
  it.each([
    ['Fargate, as root', 'ecs-fargate', true, false, 'nnyynyynyy', 8, 'moderate'],
    ['Fargate, as a user', 'ecs-fargate', false, false, 'ynyynyynyy', 9, 'strong'],
    ['Fargate, as nobody knows whom', 'ecs-fargate', undefined, false, '?nyynyynyy', 8.5, 'moderate'],
    ['EC2 of an unknown AMI, as root', 'ecs-ec2', true, false, 'nnyy?yyn?n', 5, 'moderate'],
    ['EC2 of an unknown AMI, as a user', 'ecs-ec2', false, false, 'ynyy?yyn?n', 6, 'moderate'],
    ['EC2, privileged and as root', 'ecs-ec2', true, true, 'nnnnnynn?n', 1.5, 'weak'],
    ['EC2, privileged and as a user', 'ecs-ec2', false, true, 'ynnnnynn?n', 2.5, 'weak'],
    ['Managed Instances, as root', 'ecs-managed-instances', true, false, 'nnyyyyynyn', 6, 'moderate'],
    ['Managed Instances, privileged and as root', 'ecs-managed-instances', true, true, 'nnnnnynnyn', 2, 'weak'],
    ['Managed Instances, privileged and as a user', 'ecs-managed-instances', false, true, 'ynnnnynnyn', 3, 'moderate'],
    ['ECS Anywhere, as root', 'ecs-anywhere', true, false, 'nnyynyyn?n', 4.5, 'moderate'],
    ['an EKS node of an unknown AMI, as root', 'eks-node', true, false, 'nnyn?yyn?n', 4, 'moderate'],
    ['an EKS node, privileged and as root', 'eks-node', true, true, 'nnnnnynn?n', 1.5, 'weak'],
  ] as const)('of %s', (_place, runtime, userIsRoot, privileged, letters, total, strength) => {
    expect(isolationOf({ runtime, userIsRoot, privileged })).toMatchObject({
      runtime,
      barriers: barriers(letters),
      total,
      class: strength,
      vmBoundary: runtime === 'ecs-fargate',
    });
  });

  it('lists the barriers that stand, and none that may not', () => {
    expect(isolationOf({ runtime: 'ecs-ec2', userIsRoot: undefined }).remaining).toEqual([
      'CAPS',
      'SECCOMP',
      'NS',
      'FS',
    ]);
  });

  it('of an unknown runtime is unknown, whoever the user is', () => {
    expect(isolationOf({ runtime: 'unknown', userIsRoot: false, privileged: true })).toEqual({
      runtime: 'unknown',
      barriers: barriers('??????????'),
      class: 'unknown',
      remaining: [],
      vmBoundary: false,
    });
  });

  const anyRuntime = fc.constantFrom<RuntimeId>(
    'ecs-fargate',
    'ecs-ec2',
    'ecs-managed-instances',
    'ecs-anywhere',
    'eks-node',
    'unknown',
  );
  const anyUser = fc.constantFrom(true, false, undefined);

  it('never rises with privileged', () => {
    fc.assert(
      fc.property(anyRuntime, anyUser, (runtime, userIsRoot) => {
        const plain = isolationOf({ runtime, userIsRoot });
        const privileged = isolationOf({ runtime, userIsRoot, privileged: true });
        return (privileged.total ?? 0) <= (plain.total ?? 0) && privileged.remaining.length <= plain.remaining.length;
      }),
    );
  });

  it('never rises with root', () => {
    fc.assert(
      fc.property(anyRuntime, fc.boolean(), (runtime, privileged) => {
        const totals = [true, undefined, false].map(
          (userIsRoot) => isolationOf({ runtime, userIsRoot, privileged }).total ?? 0,
        );
        return totals.every((total, at) => at === 0 || (totals[at - 1] ?? 0) <= total);
      }),
    );
  });
});
