/** Whether a read asks for the truth, or takes what was true a moment ago. */
import { z } from 'zod';
import { operationOf, type WireRequest } from './wire-request.ts';

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);

const Asked = z.object({ ConsistentRead: z.boolean().optional() });
const Read = Asked.extend({ RequestItems: z.record(z.string(), Asked).optional() });

const parseRead = (body: string): z.infer<typeof Read> | undefined => {
  try {
    return Read.safeParse(JSON.parse(body)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * False for what is no read, and for what cannot be read as one: the table refuses it. A batch in which one table is
 * read consistently counts as a whole: an eventual read may see the truth, a consistent one has to.
 */
export const isEventualRead = (request: WireRequest): boolean => {
  if (!READS.has(operationOf(request) ?? '')) return false;
  const read = parseRead(request.body.toString());
  if (read === undefined) return false;
  return ![read, ...Object.values(read.RequestItems ?? {})].some(({ ConsistentRead = false }) => ConsistentRead);
};
