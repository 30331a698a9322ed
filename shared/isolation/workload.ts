/** A workload that runs an image, and what the place it runs in says. */
import type { Known } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { Barrier, BarrierState } from './barriers.ts';

/** The runtimes of the isolation model. */
export type RuntimeId = 'ecs-fargate' | 'ecs-ec2' | 'ecs-managed-instances' | 'ecs-anywhere' | 'eks-node' | 'unknown';

export type LaunchType = 'FARGATE' | 'EC2' | 'EXTERNAL' | 'MANAGED_INSTANCES';

export interface Workload {
  readonly orchestrator: 'ecs' | 'eks';
  readonly runtime: RuntimeId;
  /** Absent on EKS, and where ECS did not say. */
  readonly launchType?: LaunchType;
  readonly clusterArn: string;
  /** `service:checkout`, `family:batch`, or namespace/kind/name on EKS. */
  readonly name: string;
  readonly taskDefinitionArn?: string;
  readonly running: number;
  /** Of its tasks. Unknown where they are not read: then it may have any. */
  readonly tags: Known<Tags>;
}

/** The workloads that run an image. Empty: none does. Unknown: who would know did not answer, and nothing is known. */
export type Workloads =
  | {
      readonly known: true;
      readonly value: readonly Workload[];
      /** Why others may run it too; absent: these are all. */
      readonly incomplete?: string;
    }
  | { readonly known: false; readonly reason: string };

/** What one task runs: for findings that name a task and no image. */
export interface TaskContext {
  readonly workload: Workload;
  readonly containers: readonly { readonly name: string; readonly image?: ImageReference }[];
}

/** The barriers between the workload and its host; `remaining` are the names of those that stand. */
export interface Isolation {
  readonly runtime: RuntimeId;
  readonly barriers: Readonly<Record<Barrier, BarrierState>>;
  /** Sum of the weights, 0 to 12; undefined when the runtime is unknown. */
  readonly total?: number;
  readonly class: 'strong' | 'moderate' | 'weak' | 'unknown';
  readonly remaining: readonly Barrier[];
  readonly vmBoundary: boolean;
}
