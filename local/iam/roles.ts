/** The roles of the template while they run: their policies, which an operator may change. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { PolicyStatement } from '../template/policy.ts';
import type { TemplateManagedPolicy, TemplateRole } from '../template/role.ts';
import { refuseUndecidable } from './evaluate.ts';
import { statementsFromText } from './policy-document.ts';

/** An inline policy of a role. */
export interface InlinePolicy {
  readonly name: string;
  /** The JSON of the document. */
  readonly document: string;
}

export interface Role {
  readonly name: string;
  readonly arn: string;
}

export interface Roles {
  /** In the order of the template. */
  readonly all: () => readonly Role[];
  /** All of these throw NoSuchEntity when there is no such role. */
  readonly role: (roleName: string) => Role;
  /** In the order in which they came. */
  readonly inlinePolicies: (roleName: string) => readonly InlinePolicy[];
  /** Adds or replaces. Throws MalformedPolicyDocument. */
  readonly putPolicy: (roleName: string, policyName: string, document: string) => void;
  /** Throws NoSuchEntity when the role has no such policy. */
  readonly deletePolicy: (roleName: string, policyName: string) => void;
  /** Calls the listener after every change of a role; gives back what ends that. */
  readonly onChange: (listener: (roleName: string) => void) => () => void;
  /** Of all policies that the role has at this moment. */
  readonly statements: (roleName: string) => readonly PolicyStatement[];
}

interface State extends Role {
  readonly inline: Map<string, { readonly document: string; readonly statements: readonly PolicyStatement[] }>;
  readonly managed: readonly PolicyStatement[];
}

/** Throws when a role has a policy that cannot be followed here. */
export const createRoles = (template: readonly TemplateRole[]): Roles => {
  const states = new Map(template.map((role) => [role.name, stateFrom(role)]));
  const listeners = new Set<(roleName: string) => void>();

  const find = (roleName: string): State => {
    const state = states.get(roleName);
    if (state === undefined) throw noSuchEntity(`The role with name ${roleName} cannot be found.`);
    return state;
  };
  const tell = (roleName: string): void => {
    for (const listener of listeners) listener(roleName);
  };

  return {
    all: () => [...states.values()],
    role: find,
    inlinePolicies: (roleName) => [...find(roleName).inline].map(([name, { document }]) => ({ name, document })),
    putPolicy: (roleName, policyName, document) => {
      find(roleName).inline.set(policyName, { document, statements: statementsFromText(document) });
      tell(roleName);
    },
    deletePolicy: (roleName, policyName) => {
      if (!find(roleName).inline.delete(policyName))
        throw noSuchEntity(`The role policy with name ${policyName} cannot be found.`);
      tell(roleName);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    statements: (roleName) => {
      const { inline, managed } = find(roleName);
      return [...[...inline.values()].flatMap(({ statements }) => statements), ...managed];
    },
  };
};

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntity', message, { status: 404 });

const stateFrom = ({ name, arn, policies, managedPolicies }: TemplateRole): State => {
  const managed = managedPolicies.flatMap((policy) => statementsOf(policy, name));
  refuseUndecidable([...policies.flatMap(({ statements }) => statements), ...managed]);
  const inline = policies.map(
    ({ name: policyName, document, statements }) =>
      [policyName, { document: JSON.stringify(document), statements }] as const,
  );
  return { name, arn, managed, inline: new Map(inline) };
};

const statementsOf = ({ arn, statements }: TemplateManagedPolicy, roleName: string): readonly PolicyStatement[] => {
  if (statements !== undefined) return statements;
  throw new Error(
    `The role ${roleName} has the policy ${arn}, which is not in the template: what it allows is not known.`,
  );
};
