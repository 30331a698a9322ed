/** A workload and the place it runs in, in words for people. */
import type { RuntimeId, Workload } from '../isolation/workload.ts';

const RUNTIME_NAMES = {
  'ecs-fargate': 'ECS Fargate',
  'ecs-ec2': 'ECS on EC2',
  'ecs-managed-instances': 'ECS Managed Instances',
  'ecs-anywhere': 'ECS Anywhere',
  'eks-node': 'an EKS node',
  unknown: 'an unknown runtime',
} as const satisfies Record<RuntimeId, string>;

export const runtimeName = (runtime: RuntimeId): string => RUNTIME_NAMES[runtime];

/** `service:checkout on ECS Fargate`. */
export const workloadText = (workload: Workload): string => `${workload.name} on ${runtimeName(workload.runtime)}`;
