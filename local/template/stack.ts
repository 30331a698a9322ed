/** One stack, ready to be read: every reference in it leads to the value that it has here. */
import type { z } from 'zod';
import type { AssetPaths, StackSource } from './cloud-assembly.ts';
import { createConditions } from './conditions.ts';
import { createEvaluate } from './intrinsics.ts';
import { parameterValue, pseudoParameters } from './parameters.ts';
import { identityOf, type ResourceIdentity } from './resource-identity.ts';
import type { Place } from './resource-kinds.ts';
import { TemplateError } from './template-error.ts';

export interface Resource {
  readonly logicalId: string;
  /** The deployed properties. Throws TemplateError, naming the property, for one that the schema does not take. */
  readonly properties: <T>(schema: z.ZodType<T>) => T;
}

export interface NamedResource extends Resource {
  readonly name: string;
  readonly arn: string;
}

export interface Stack {
  /** The resources of a type whose condition holds, in the order of the template. */
  readonly resourcesOf: (type: string) => readonly Resource[];
  /** The same with their identity, for a type that has one. */
  readonly namedResourcesOf: (type: string) => readonly NamedResource[];
  /** Every resource whose condition holds. */
  readonly types: readonly { readonly logicalId: string; readonly type: string }[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly queueUrl: (name: string) => string;
  readonly assets: AssetPaths;
}

export interface StackOptions extends Place {
  /** Where the runtime answers for a queue: what Ref of a queue gives. */
  readonly queueUrl: (name: string) => string;
}

export const createStack = (
  { name: stack, document }: StackSource,
  assets: AssetPaths,
  options: StackOptions,
): Stack => {
  const pseudo = pseudoParameters(stack, options);

  const requireIdentity = (logicalId: string, at: string): ResourceIdentity => {
    const identity = identities(logicalId, at);
    if (identity === undefined)
      throw new TemplateError(at, `${logicalId} is a ${document.Resources[logicalId]?.Type}, which has no name here`);
    return identity;
  };
  const part = (identity: ResourceIdentity, which: ResourceIdentity['ref']): string =>
    which === 'url' ? options.queueUrl(identity.name) : identity[which];

  const evaluate = createEvaluate({
    ref: (name, at) => {
      if (pseudo.has(name)) return pseudo.get(name);
      const parameter = document.Parameters[name];
      if (parameter !== undefined) return parameterValue(name, parameter, at);
      const identity = requireIdentity(name, at);
      return part(identity, identity.ref);
    },
    getAtt: (logicalId, attribute, at) => {
      const identity = requireIdentity(logicalId, at);
      const which = identity.attributes[attribute];
      if (which === undefined)
        throw new TemplateError(at, `${logicalId} (${document.Resources[logicalId]?.Type}) has no ${attribute} here`);
      return part(identity, which);
    },
    condition: (name, at) => conditionHolds(name, at),
    findInMap: (map, top, second, at) => {
      const value = document.Mappings[map]?.[top]?.[second];
      if (value === undefined) throw new TemplateError(at, `the mapping ${map} has no ${top}.${second}`);
      return value;
    },
  });
  const conditionHolds = createConditions(document.Conditions, evaluate);
  const exists = (at: string, condition: string | undefined): boolean =>
    condition === undefined || conditionHolds(condition, at);

  const identities = (logicalId: string, at: string): ResourceIdentity | undefined => {
    const resource = document.Resources[logicalId];
    if (resource === undefined || !exists(logicalId, resource.Condition))
      throw new TemplateError(at, `there is no ${logicalId} in the stack ${stack}`);
    return identityOf(options, { stack, logicalId, type: resource.Type }, (property) =>
      evaluate(resource.Properties[property], `${logicalId}.Properties.${property}`),
    );
  };

  const propertiesOf = <T>(logicalId: string, schema: z.ZodType<T>): T => {
    const at = `${logicalId}.Properties`;
    const parsed = schema.safeParse(evaluate(document.Resources[logicalId]?.Properties ?? {}, at));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new TemplateError([at, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'has a wrong value', {
      cause: parsed.error,
    });
  };

  const existing = Object.entries(document.Resources).filter(([logicalId, { Condition }]) =>
    exists(logicalId, Condition),
  );
  const resources = (type: string): readonly Resource[] =>
    existing
      .filter(([, { Type }]) => Type === type)
      .map(([logicalId]) => ({ logicalId, properties: (schema) => propertiesOf(logicalId, schema) }));

  return {
    assets,
    queueUrl: options.queueUrl,
    types: existing.map(([logicalId, { Type }]) => ({ logicalId, type: Type })),
    resourcesOf: resources,
    namedResourcesOf: (type) =>
      resources(type).map((resource) => {
        const { name, arn } = requireIdentity(resource.logicalId, resource.logicalId);
        return { ...resource, name, arn };
      }),
    outputs: Object.fromEntries(
      Object.entries(document.Outputs)
        .filter(([name, { Condition }]) => exists(`Outputs.${name}`, Condition))
        .map(([name, { Value }]) => [name, String(evaluate(Value, `Outputs.${name}`))]),
    ),
  };
};
