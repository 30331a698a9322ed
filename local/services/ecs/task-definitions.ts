/** Task definitions: families of numbered revisions. */
import type {
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { type EcsState, lastPart } from './ecs-state.ts';
import { fargateProblems } from './fargate-rules.ts';
import { taskDefinitionProblems } from './task-definition-rules.ts';
import { cpuUnitsOf, mebibytesOf } from './task-size.ts';

type TaskDefinitions = ReadonlyMap<string, readonly TaskDefinition[]>;

/** By family (the newest revision), `family:revision` or ARN; undefined when there is none. */
const findTaskDefinition = (taskDefinitions: TaskDefinitions, reference: string): TaskDefinition | undefined => {
  const [family = '', revision] = lastPart(reference).split(':');
  const revisions = taskDefinitions.get(family) ?? [];
  return revision === undefined ? revisions.at(-1) : revisions[Number(revision) - 1];
};

export const requireTaskDefinition = (taskDefinitions: TaskDefinitions, reference: string): TaskDefinition => {
  const taskDefinition = findTaskDefinition(taskDefinitions, reference);
  if (taskDefinition === undefined) throw new AwsError('ClientException', 'TaskDefinition not found.');
  return taskDefinition;
};

/** On which launch types it can run is found out even if it names none; it is held to those that it names. */
export const registerTaskDefinition = (
  state: EcsState,
  { tags, ...input }: Checked<RegisterTaskDefinitionRequest>,
  now: Date,
): RegisterTaskDefinitionResponse => {
  const notOnFargate = fargateProblems(input);
  const [problem] = [
    ...taskDefinitionProblems(input),
    ...(input.requiresCompatibilities?.includes('FARGATE') ? notOnFargate : []),
  ];
  if (problem !== undefined) throw new AwsError('ClientException', problem);
  const revisions = state.taskDefinitions.get(input.family) ?? [];
  const revision = revisions.length + 1;
  const taskDefinitionArn = state.arn(`task-definition/${input.family}:${revision}`);
  const taskDefinition: TaskDefinition = {
    ...input,
    containerDefinitions: input.containerDefinitions.map((container) => ({ essential: true, ...container })),
    cpu: input.cpu && String(cpuUnitsOf(input.cpu)),
    memory: input.memory && String(mebibytesOf(input.memory)),
    networkMode: input.networkMode ?? 'bridge',
    taskDefinitionArn,
    revision,
    status: 'ACTIVE',
    compatibilities: notOnFargate.length === 0 ? ['EC2', 'FARGATE'] : ['EC2'],
    registeredAt: now,
  };
  state.taskDefinitions.set(input.family, [...revisions, taskDefinition]);
  state.tags.set(taskDefinitionArn, tags ?? []);
  return { taskDefinition, tags };
};

export const describeTaskDefinition = (
  state: EcsState,
  input: Checked<DescribeTaskDefinitionRequest>,
): DescribeTaskDefinitionResponse => {
  const taskDefinition = findTaskDefinition(state.taskDefinitions.seen(), input.taskDefinition);
  if (taskDefinition === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
  const tags = input.include?.includes('TAGS')
    ? state.tags.seen().get(taskDefinition.taskDefinitionArn ?? '')
    : undefined;
  return { taskDefinition, ...(tags && { tags: [...tags] }) };
};
