/** Reads what is to be run from the synthesised template, and from nothing else. */
import { bucketsOf, type TemplateBucket } from './bucket.ts';
import { readCloudAssembly } from './cloud-assembly.ts';
import { eventSourceMappingsOf, type TemplateEventSourceMapping } from './event-source-mapping.ts';
import { functionsOf, type TemplateFunction } from './function.ts';
import { queuesOf, type TemplateQueue } from './queue.ts';
import { isKnownType } from './resource-types.ts';
import { rolesOf, type TemplateRole } from './role.ts';
import { rulesOf, type TemplateRule } from './rule.ts';
import { schedulesOf, type TemplateSchedule } from './schedule.ts';
import { secretsOf, type TemplateSecret } from './secret.ts';
import { createStack, type NamedResource } from './stack.ts';
import { type TemplateTable, tablesOf } from './table.ts';

/** A resource of which only the identity matters here. */
export type TemplateIdentity = Pick<NamedResource, 'logicalId' | 'name' | 'arn'>;

export interface Template {
  readonly queues: readonly TemplateQueue[];
  readonly tables: readonly TemplateTable[];
  readonly rules: readonly TemplateRule[];
  readonly schedules: readonly TemplateSchedule[];
  readonly functions: readonly TemplateFunction[];
  readonly eventSourceMappings: readonly TemplateEventSourceMapping[];
  readonly secrets: readonly TemplateSecret[];
  readonly roles: readonly TemplateRole[];
  readonly topics: readonly TemplateIdentity[];
  readonly buckets: readonly TemplateBucket[];
  readonly eventBuses: readonly TemplateIdentity[];
  /** By name; of two stacks with the same name for one, the later wins. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Resources of a type that the local runtime neither runs nor knows to need nothing. */
  readonly unsupported: readonly { readonly type: string; readonly logicalId: string }[];
}

export interface TemplateOptions {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly partition?: string;
  /** The URL under which the runtime answers for a queue. */
  readonly queueUrl: (name: string) => string;
}

const identity = ({ logicalId, name, arn }: NamedResource): TemplateIdentity => ({ logicalId, name, arn });

/**
 * Reads all stacks of the cloud assembly in `directory`. Throws TemplateError, naming the resource and the property,
 * for anything in the resources that run here that cannot be followed.
 */
export const readTemplate = async (directory: string, options: TemplateOptions): Promise<Template> => {
  const { stacks: sources, assets } = await readCloudAssembly(directory);
  const stacks = sources.map((source) => createStack(source, assets, { partition: 'aws', ...options }));
  const identitiesOf = (type: string) => stacks.flatMap((stack) => stack.namedResourcesOf(type).map(identity));
  return {
    queues: stacks.flatMap(queuesOf),
    tables: stacks.flatMap(tablesOf),
    rules: stacks.flatMap(rulesOf),
    schedules: stacks.flatMap(schedulesOf),
    functions: stacks.flatMap(functionsOf),
    eventSourceMappings: stacks.flatMap(eventSourceMappingsOf),
    secrets: stacks.flatMap(secretsOf),
    roles: stacks.flatMap(rolesOf),
    topics: identitiesOf('AWS::SNS::Topic'),
    buckets: stacks.flatMap(bucketsOf),
    eventBuses: identitiesOf('AWS::Events::EventBus'),
    outputs: Object.fromEntries(stacks.flatMap((stack) => Object.entries(stack.outputs))),
    unsupported: stacks.flatMap((stack) => stack.types.filter(({ type }) => !isKnownType(type))),
  };
};
