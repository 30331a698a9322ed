/** What an API call needs to be allowed: actions on resources, as AWS's service authorization reference lists them. */
import { textsAt } from '../../services/values-at.ts';
import type { TemplateSecret } from '../../template/secret.ts';
import type { RequestContext } from '../condition.ts';

export interface RequiredAccess {
  readonly action: string;
  readonly resource: string;
  /** What the service adds to the keys that every request has. */
  readonly context?: RequestContext;
}

/** What turns the names in a request into ARNs. */
export interface Place {
  readonly account: string;
  /** Which the request is for. */
  readonly region: string;
  readonly secrets: readonly Pick<TemplateSecret, 'arn'>[];
}

export type RequiredBy = (input: object | undefined, place: Place) => readonly RequiredAccess[];

/** By operation. One that is not in it needs the action of its own name on `*`, the strictest reading. */
export type OperationTable = Readonly<Record<string, RequiredBy>>;

export const arnOf = (service: string, { region, account }: Place, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const isArn = (text: string): boolean => text.startsWith('arn:');

/** The first text at a path of the input. */
export const textAt = (input: object | undefined, path: string): string | undefined => textsAt(input, path)[0];

export const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** The same rule for several operations, each with the action of its own name. */
export const sameFor = (
  service: string,
  operations: readonly string[],
  resources: (input: object | undefined, place: Place) => readonly string[],
): OperationTable =>
  Object.fromEntries(
    operations.map((operation): [string, RequiredBy] => [
      operation,
      (input, place) => resources(input, place).map((resource) => ({ action: `${service}:${operation}`, resource })),
    ]),
  );
