/** What ECS asks of every task definition, wherever its tasks are to run. */
import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import type { Checked } from '../../endpoint/local-service.ts';
import { cpuUnitsOf, mebibytesOf } from './task-size.ts';

type Registration = Checked<RegisterTaskDefinitionRequest>;

const sizeProblems = ({ cpu, memory }: Registration): readonly string[] => [
  ...(cpu !== undefined && cpuUnitsOf(cpu) === undefined ? ["Invalid 'cpu' setting for task."] : []),
  ...(memory !== undefined && mebibytesOf(memory) === undefined ? ["Invalid 'memory' setting for task."] : []),
];

const containerProblems = (
  { name, image, memory, memoryReservation }: ContainerDefinition,
  taskMemory: string | undefined,
): readonly string[] => {
  if (!name || !image) return ['Container.name and Container.image should not be null or empty.'];
  if (taskMemory !== undefined || memory !== undefined || memoryReservation !== undefined) return [];
  const limits = "At least one of 'memory' or 'memoryReservation' must be specified.";
  return [`Invalid setting for container '${name}'. ${limits}`];
};

/** The containers of such a task share one network interface, so none can have a network of its own. */
const awsvpcProblems = ({
  links = [],
  dnsServers = [],
  disableNetworking,
  portMappings = [],
}: ContainerDefinition): readonly string[] => [
  ...(links.length > 0 ? ['Links are not supported when networkMode=awsvpc.'] : []),
  ...(dnsServers.length > 0 ? ['DNS servers are not supported on container when networkMode=awsvpc.'] : []),
  ...(disableNetworking ? ['Disable Networking is not supported on container when networkMode=awsvpc.'] : []),
  ...(portMappings.some(({ hostPort, containerPort }) => hostPort !== undefined && hostPort !== containerPort)
    ? ['When networkMode=awsvpc, the host ports and container ports in port mappings must match.']
    : []),
];

/** Empty for a task definition that ECS takes; it names the first problem only. */
export const taskDefinitionProblems = (input: Registration): readonly string[] => [
  ...input.containerDefinitions.flatMap((container) => containerProblems(container, input.memory)),
  ...sizeProblems(input),
  ...(input.networkMode === 'awsvpc' ? input.containerDefinitions.flatMap(awsvpcProblems) : []),
];
