/** The limit of a message timer, which SQS enforces and the embedded server does not: 0 to 900 seconds. */
import { z } from 'zod';

// DelaySeconds of SendMessage in the Amazon SQS API reference.
const LONGEST_DELAY_SECONDS = 900;

const delayed = z.looseObject({ DelaySeconds: z.number().optional() });
const delayedBatch = z.looseObject({
  Entries: z.array(z.looseObject({ Id: z.string(), DelaySeconds: z.number().optional() })),
});

export interface RefusedEntry {
  readonly Id: string;
  readonly SenderFault: true;
  readonly Code: 'InvalidParameterValue';
  readonly Message: string;
}

const refusal = (delaySeconds: number | undefined): string | undefined =>
  delaySeconds === undefined || (delaySeconds >= 0 && delaySeconds <= LONGEST_DELAY_SECONDS)
    ? undefined
    : `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`;

/** The message of InvalidParameterValue for a SendMessage request, or undefined when its timer is allowed. */
export const timerRefusal = (sendMessage: unknown): string | undefined => {
  const parsed = delayed.safeParse(sendMessage);
  return parsed.success ? refusal(parsed.data.DelaySeconds) : undefined;
};

/** A SendMessageBatch request without the entries whose timer is refused, and the answers for those. */
export const splitByTimer = (
  sendMessageBatch: unknown,
): { readonly request: unknown; readonly refused: readonly RefusedEntry[]; readonly allRefused: boolean } => {
  const parsed = delayedBatch.safeParse(sendMessageBatch);
  if (!parsed.success) return { request: sendMessageBatch, refused: [], allRefused: false };
  const refused: RefusedEntry[] = [];
  const accepted = parsed.data.Entries.filter((entry) => {
    const message = refusal(entry.DelaySeconds);
    if (message === undefined) return true;
    refused.push({ Id: entry.Id, SenderFault: true, Code: 'InvalidParameterValue', Message: message });
    return false;
  });
  return {
    request: { ...parsed.data, Entries: accepted },
    refused,
    allRefused: accepted.length === 0 && refused.length > 0,
  };
};
