/** Receipt handles: each names one receive of one message, and nobody but the queues can make one up. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Receipt {
  readonly queueArn: string;
  readonly messageId: string;
  /** Which receive of the message it was, from 1. */
  readonly receive: number;
}

export interface ReceiptHandles {
  readonly write: (receipt: Receipt) => string;
  /** undefined for what `write` never gave out. */
  readonly read: (handle: string) => Receipt | undefined;
}

const SEPARATOR = ' ';

/** Handles need no table: what they say is signed with a key of this run. */
export const createReceiptHandles = (): ReceiptHandles => {
  const key = randomBytes(32);
  const sealOf = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  return {
    write: ({ queueArn, messageId, receive }) => {
      const text = [queueArn, messageId, receive].join(SEPARATOR);
      return Buffer.from([text, sealOf(text)].join(SEPARATOR)).toString('base64');
    },
    read: (handle) => {
      const [queueArn = '', messageId = '', receive = '', seal = ''] = Buffer.from(handle, 'base64')
        .toString()
        .split(SEPARATOR);
      const expected = Buffer.from(sealOf([queueArn, messageId, receive].join(SEPARATOR)));
      const given = Buffer.from(seal);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return { queueArn, messageId, receive: Number(receive) };
    },
  };
};
