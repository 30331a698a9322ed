/** The members of a query request, which come flat and as texts: `Tags.member.1.Key=a` is in the first item of a list. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { notImplemented } from './aws-error.ts';

interface Sent {
  /** What is left of the name, below the member that is being read. */
  readonly path: readonly string[];
  readonly text: string;
}

/** A name that the schema does not have, or that goes on below a simple member, stays there for the check to refuse. */
export const queryMembers = (schema: NormalizedSchema, sent: Readonly<Record<string, string>>): object =>
  structureFrom(
    schema,
    Object.entries(sent).map(([name, text]) => ({ path: name.split('.'), text })),
  );

const structureFrom = (schema: NormalizedSchema, sent: readonly Sent[]): object => {
  const schemas = new Map(schema.structIterator());
  return Object.fromEntries(
    [...Map.groupBy(sent, ({ path: [name = ''] }) => name)].map(([name, below]) => {
      const member = schemas.get(name);
      return [name, member === undefined ? below : valueFrom(member, below.map(oneDown))];
    }),
  );
};

const UNREAD = 'maps, times and blobs in query requests';

const oneDown = ({ path, text }: Sent): Sent => ({ path: path.slice(1), text });

const valueFrom = (schema: NormalizedSchema, sent: readonly Sent[]): unknown => {
  if (schema.isStructSchema()) return structureFrom(schema, sent);
  if (schema.isListSchema()) return listFrom(schema.getValueSchema(), sent);
  if (schema.isMapSchema()) throw notImplemented(UNREAD);
  const [first] = sent;
  if (first === undefined || sent.some(({ path }) => path.length > 0)) return sent;
  return simpleFrom(schema, first.text);
};

const simpleFrom = (schema: NormalizedSchema, text: string): unknown => {
  if (schema.isStringSchema()) return text;
  if (schema.isBooleanSchema()) return text === 'true' ? true : text === 'false' ? false : text;
  if (schema.isNumericSchema()) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  throw notImplemented(UNREAD);
};

const ITEM = 'member';

/** Sent with an empty text, the list is empty. */
const listFrom = (item: NormalizedSchema, sent: readonly Sent[]): unknown => {
  if (sent.every(({ path, text }) => path.length === 0 && text === '')) return [];
  if (!sent.every(({ path: [name, index = ''] }) => name === ITEM && /^[1-9]\d*$/.test(index))) return sent[0]?.text;
  return [...Map.groupBy(sent, ({ path }) => Number(path[1]))]
    .toSorted(([left], [right]) => left - right)
    .map(([, below]) => valueFrom(item, below.map(oneDown).map(oneDown)));
};
