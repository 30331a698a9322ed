/** What ECS asks of its inputs: enumerations from the model of its API, counts and names from its reference. */
import * as schemas from '@aws-sdk/client-ecs';
import {
  type ConstraintTable,
  items,
  length,
  type MemberConstraints,
  oneOf,
  pattern,
  range,
} from '../../endpoint/constraints.ts';

const NAME = /^[A-Za-z0-9_-]*$/;
/** AWS keeps keys that begin so to itself. */
const TAG_KEY = /^(?!aws:)/i;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const page = { maxResults: range(1, 100) };

const tags: MemberConstraints = {
  tags: items(0, 50),
  'tags[].key': [length(1, 128), pattern(TAG_TEXT), pattern(TAG_KEY)],
  'tags[].value': [length(0, 256), pattern(TAG_TEXT)],
};

const placement: MemberConstraints = {
  launchType: oneOf(schemas.LaunchType),
  'capacityProviderStrategy[].weight': range(0, 1000),
  'capacityProviderStrategy[].base': range(0, 100_000),
  'networkConfiguration.awsvpcConfiguration.subnets': items(0, 16),
  'networkConfiguration.awsvpcConfiguration.securityGroups': items(0, 5),
  'networkConfiguration.awsvpcConfiguration.assignPublicIp': oneOf(schemas.AssignPublicIp),
  'placementConstraints[].type': oneOf(schemas.PlacementConstraintType),
  'placementStrategy[].type': oneOf(schemas.PlacementStrategyType),
  propagateTags: oneOf(schemas.PropagateTags),
};

const launchTypeOrStrategy = ({
  launchType,
  capacityProviderStrategy = [],
}: Partial<schemas.RunTaskRequest>): string | undefined =>
  launchType !== undefined && capacityProviderStrategy.length > 0
    ? 'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.'
    : undefined;

const tagsOfService = ({ propagateTags }: Partial<schemas.RunTaskRequest>): string | undefined =>
  propagateTags === 'SERVICE' ? 'propagateTags SERVICE is for services: a task that is run alone has none' : undefined;

export const ECS_CONSTRAINTS: ConstraintTable = {
  CreateCluster: {
    members: {
      clusterName: [length(1, 255), pattern(NAME)],
      'settings[].name': oneOf(schemas.ClusterSettingName),
      ...tags,
    },
  },
  DescribeClusters: { members: { clusters: items(0, 100), 'include[]': oneOf(schemas.ClusterField) } },
  ListClusters: { members: page },
  RegisterTaskDefinition: {
    members: {
      family: [length(1, 255), pattern(NAME)],
      'containerDefinitions[].name': [length(0, 255), pattern(NAME)],
      'containerDefinitions[].portMappings[].protocol': oneOf(schemas.TransportProtocol),
      'containerDefinitions[].dependsOn[].condition': oneOf(schemas.ContainerCondition),
      'containerDefinitions[].linuxParameters.devices[].permissions[]': oneOf(schemas.DeviceCgroupPermission),
      'containerDefinitions[].logConfiguration.logDriver': oneOf(schemas.LogDriver),
      networkMode: oneOf(schemas.NetworkMode),
      pidMode: oneOf(schemas.PidMode),
      ipcMode: oneOf(schemas.IpcMode),
      'requiresCompatibilities[]': oneOf(schemas.Compatibility),
      'runtimePlatform.cpuArchitecture': oneOf(schemas.CPUArchitecture),
      'runtimePlatform.operatingSystemFamily': oneOf(schemas.OSFamily),
      'volumes[].dockerVolumeConfiguration.scope': oneOf(schemas.Scope),
      ...tags,
    },
  },
  DescribeTaskDefinition: { members: { 'include[]': oneOf(schemas.TaskDefinitionField) } },
  RunTask: {
    members: { count: range(1, 10), startedBy: length(0, 128), ...placement, ...tags },
    together: [launchTypeOrStrategy, tagsOfService],
  },
  ListTasks: {
    members: {
      ...page,
      launchType: oneOf(schemas.LaunchType),
      desiredStatus: oneOf(schemas.DesiredStatus),
    },
  },
  DescribeTasks: { members: { tasks: items(1, 100), 'include[]': oneOf(schemas.TaskField) } },
  CreateService: {
    members: {
      serviceName: [length(1, 255), pattern(NAME)],
      schedulingStrategy: oneOf(schemas.SchedulingStrategy),
      'deploymentController.type': oneOf(schemas.DeploymentControllerType),
      ...placement,
      ...tags,
    },
    together: [launchTypeOrStrategy],
  },
  ListServices: {
    members: {
      ...page,
      launchType: oneOf(schemas.LaunchType),
      schedulingStrategy: oneOf(schemas.SchedulingStrategy),
    },
  },
  TagResource: { members: tags },
  UntagResource: { members: { 'tagKeys[]': [length(1, 128), pattern(TAG_TEXT)] } },
  RegisterContainerInstance: {
    members: { 'attributes[].name': length(1, 128), 'attributes[].targetType': oneOf(schemas.TargetType), ...tags },
  },
  DescribeContainerInstances: {
    members: { containerInstances: items(1, 100), 'include[]': oneOf(schemas.ContainerInstanceField) },
  },
};
