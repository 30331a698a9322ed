/** What a resource is called once it exists: its physical name, its ARN, and what Ref and Fn::GetAtt give for it. */
import { digestOf, type Part, type Place, RESOURCE_KINDS } from './resource-kinds.ts';

export interface ResourceIdentity {
  readonly name: string;
  readonly arn: string;
  readonly ref: Part;
  readonly attributes: Readonly<Record<string, Part>>;
}

/** Always the same name for the same resource, where CloudFormation would end it with something random. */
const nameFor = (stack: string, logicalId: string, limit: number): string => {
  const name = `${stack}-${logicalId}`;
  return name.length <= limit ? name : `${name.slice(0, limit - 9)}-${digestOf(name, 8)}`;
};

/** Nothing for a type that has no identity here. `property` gives the value of one of the resource's properties. */
export const identityOf = (
  place: Place,
  resource: { readonly stack: string; readonly logicalId: string; readonly type: string },
  property: (name: string) => unknown,
): ResourceIdentity | undefined => {
  const kind = RESOURCE_KINDS[resource.type];
  if (kind === undefined) return undefined;
  const given = property(kind.nameProperty);
  const spell = kind.spell ?? ((name: string) => name);
  const name =
    typeof given === 'string' ? given : spell(nameFor(resource.stack, resource.logicalId, kind.maxNameLength));
  return { name, arn: kind.arn(place, name, property), ref: kind.ref, attributes: kind.attributes };
};
