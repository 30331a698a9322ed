/** Reads what travels on the `decided` queue. */
import { SekishoError } from '../base/errors.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';

/** Throws EVENT_INVALID. The queue is written by our own functions only, so the version stands for the whole shape. */
export const parseDecidedFinding = (body: string): DecidedFinding => {
  const message = parseJson(body);
  if (!isDecidedFinding(message))
    throw new SekishoError('EVENT_INVALID', 'The record on the decided queue is no decided finding of this version.');
  return message;
};

const isDecidedFinding = (message: unknown): message is DecidedFinding =>
  typeof message === 'object' &&
  message !== null &&
  'message' in message &&
  message.message === 5 &&
  'enriched' in message &&
  'decision' in message &&
  'handling' in message &&
  'version' in message &&
  typeof message.version === 'string' &&
  'decidedAt' in message &&
  typeof message.decidedAt === 'string' &&
  'fingerprint' in message &&
  typeof message.fingerprint === 'string';

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new SekishoError('EVENT_INVALID', 'The record on the decided queue is not JSON.', { cause });
  }
};
