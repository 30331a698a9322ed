/** What Fargate asks of a task definition, in ECS's words as far as they are public. */
import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import type { Checked } from '../../endpoint/local-service.ts';
import { cpuUnitsOf, isFargateSize, mebibytesOf } from './task-size.ts';

type Registration = Checked<RegisterTaskDefinitionRequest>;

const isGiven = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== undefined);

const unsupported = (settings: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(settings)
    .filter(([, value]) => isGiven(value))
    .map(([name]) => `Fargate compatible task definitions do not support ${name}`);

const sizeProblems = ({ cpu, memory, runtimePlatform }: Registration): readonly string[] => {
  if (cpu === undefined) return ["Fargate requires that 'cpu' be defined at the task level."];
  if (memory === undefined) return ["Fargate requires that 'memory' be defined at the task level."];
  const [cpuUnits = 0, mebibytes = 0] = [cpuUnitsOf(cpu), mebibytesOf(memory)];
  const isWindows = runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') ?? false;
  if (isFargateSize(cpuUnits, mebibytes, isWindows)) return [];
  const values = `${cpuUnits} CPU, ${mebibytes} memory`;
  return [
    `No Fargate configuration exists for given values: ${values}. See the Amazon ECS documentation for the valid values.`,
  ];
};

const modeProblems = ({ networkMode, pidMode, ipcMode, placementConstraints }: Registration): readonly string[] => [
  ...(networkMode === 'awsvpc' ? [] : ['Fargate only supports network mode ‘awsvpc’.']),
  ...(pidMode === 'host'
    ? ["Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'."]
    : []),
  ...unsupported({ ipcMode, constraints: placementConstraints }),
];

const containerProblems = (container: ContainerDefinition): readonly string[] => {
  const { privileged, dockerSecurityOptions, dnsSearchDomains, extraHosts, links, linuxParameters = {} } = container;
  const { capabilities, devices, sharedMemorySize, maxSwap, swappiness } = linuxParameters;
  const added = capabilities?.add ?? [];
  return [
    ...(privileged ? ["Fargate requires that the 'privileged' setting be 'false'."] : []),
    ...added.filter((name) => name !== 'SYS_PTRACE').map((name) => `${name} is not allowed on Fargate.`),
    ...unsupported({ dockerSecurityOptions, devices, links, dnsSearchDomains, extraHosts }),
    ...unsupported({ sharedMemorySize, maxSwap, swappiness }),
    ...(container.resourceRequirements?.some(({ type }) => type === 'GPU')
      ? ['Tasks using the Fargate launch type do not support GPU resource requirements']
      : []),
  ];
};

/** Empty for a task definition that can run on Fargate; ECS names the first problem only. */
export const fargateProblems = (input: Registration): readonly string[] => [
  ...modeProblems(input),
  ...sizeProblems(input),
  ...input.containerDefinitions.flatMap(containerProblems),
  ...(input.volumes ?? []).flatMap(({ host, dockerVolumeConfiguration }) =>
    unsupported({ sourcePath: host?.sourcePath, dockerVolumeConfiguration }),
  ),
];
