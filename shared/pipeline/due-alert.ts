/** What travels on the alert queue: which group's message is due. */
import * as z from 'zod/mini';
import { SekishoError } from '../base/errors.ts';

const schema = z.object({ group: z.string().check(z.minLength(1), z.maxLength(1024)) });

export type DueAlert = z.output<typeof schema>;

/** Throws EVENT_INVALID. */
export const parseDueAlert = (body: string): DueAlert => {
  try {
    return schema.parse(JSON.parse(body));
  } catch (cause) {
    throw new SekishoError('EVENT_INVALID', 'The record on the alert queue names no group.', { cause });
  }
};
