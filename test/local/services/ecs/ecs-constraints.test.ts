import { describe, expect, it } from 'vitest';
import { constraintProblems } from '../../../../local/endpoint/constraint-problems.ts';
import { ECS_CONSTRAINTS } from '../../../../local/services/ecs/ecs-constraints.ts';

const problems = (operation: string, input: object) => constraintProblems(ECS_CONSTRAINTS[operation] ?? {}, input);
const many = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);

describe('ECS takes', () => {
  it.each<[string, object]>([
    ['DescribeTasks', { tasks: many(100), include: ['TAGS'] }],
    ['DescribeContainerInstances', { containerInstances: many(100) }],
    ['DescribeClusters', { clusters: many(100) }],
    ['ListTasks', { maxResults: 100, launchType: 'MANAGED_INSTANCES', desiredStatus: 'STOPPED' }],
    ['ListClusters', { maxResults: 1 }],
    ['RunTask', { taskDefinition: 'web', count: 10, startedBy: 'x'.repeat(128), launchType: 'FARGATE' }],
    [
      'RunTask',
      { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1000 }] },
    ],
    [
      'RegisterTaskDefinition',
      { family: 'web_1-a', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], pidMode: 'task' },
    ],
    ['CreateCluster', { clusterName: 'x'.repeat(255), tags: [{ key: 'team', value: '' }] }],
  ])('%s with %o', (operation, input) => {
    expect(problems(operation, input)).toEqual([]);
  });
});

describe('ECS refuses', () => {
  it.each<[string, object, string]>([
    ['DescribeTasks', { tasks: many(101) }, "'tasks'"],
    ['DescribeTasks', { tasks: [] }, "'tasks'"],
    ['DescribeTasks', { tasks: many(1), include: ['LABELS'] }, "'include.1.member'"],
    ['DescribeContainerInstances', { containerInstances: many(101) }, "'containerInstances'"],
    ['DescribeClusters', { clusters: many(101) }, "'clusters'"],
    ['ListTasks', { maxResults: 101 }, "'maxResults'"],
    ['ListTasks', { maxResults: 0 }, "'maxResults'"],
    ['ListTasks', { launchType: 'MOON' }, "'launchType'"],
    ['ListTasks', { desiredStatus: 'SLEEPING' }, "'desiredStatus'"],
    ['ListClusters', { maxResults: 101 }, "'maxResults'"],
    ['ListServices', { maxResults: 101 }, "'maxResults'"],
    ['RunTask', { taskDefinition: 'web', count: 11 }, "'count'"],
    ['RunTask', { taskDefinition: 'web', count: 0 }, "'count'"],
    ['RunTask', { taskDefinition: 'web', startedBy: 'x'.repeat(129) }, "'startedBy'"],
    [
      'RunTask',
      { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'both a launch type',
    ],
    [
      'RunTask',
      { networkConfiguration: { awsvpcConfiguration: { subnets: many(17) } } },
      "'networkConfiguration.awsvpcConfiguration.subnets'",
    ],
    ['RegisterTaskDefinition', { family: 'web app' }, "'family'"],
    ['RegisterTaskDefinition', { family: 'web', networkMode: 'overlay' }, "'networkMode'"],
    ['RegisterTaskDefinition', { containerDefinitions: [{ name: 'web.1' }] }, "'containerDefinitions.1.member.name'"],
    ['CreateCluster', { clusterName: 'x'.repeat(256) }, "'clusterName'"],
    ['CreateCluster', { tags: [{ key: '', value: 'x' }] }, "'tags.1.member.key'"],
    ['CreateCluster', { tags: [{ key: 'a', value: 'x'.repeat(257) }] }, "'tags.1.member.value'"],
  ])('%s with %o', (operation, input, words) => {
    expect(problems(operation, input)).toEqual([expect.stringContaining(words)]);
  });
});
