/** Subnets and security groups of a task: asked for where it has a network interface of its own, refused where not. */
import type { NetworkConfiguration, TaskDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../../endpoint/aws-error.ts';
import { INVALID } from './ecs-state.ts';

const problemOf = (
  { networkMode }: TaskDefinition,
  { awsvpcConfiguration: given }: NetworkConfiguration,
): string | undefined => {
  if (networkMode !== 'awsvpc')
    return given && 'Network Configuration is not valid for the given networkMode of this task definition.';
  if (given === undefined) return "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  return given.subnets === undefined || given.subnets.length === 0 ? 'subnets can not be empty.' : undefined;
};

/** Throws InvalidParameterException where the two do not go together. */
export const requireNetwork = (taskDefinition: TaskDefinition, given: NetworkConfiguration = {}): void => {
  const problem = problemOf(taskDefinition, given);
  if (problem !== undefined) throw new AwsError(INVALID, problem);
};
