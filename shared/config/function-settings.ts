/** What each function is told through its environment: the names are shared with the CDK, so that they cannot drift. */
import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
/** Digits only: an empty text would read as zero. */
const seconds = z.pipe(z.string().check(z.regex(/^\d+$/)), z.coerce.number<string>().check(z.maximum(900)));

const count = z.pipe(z.string().check(z.regex(/^\d+$/)), z.coerce.number<string>().check(z.minimum(1)));

/** Every function: where records go that failed for good. */
const worker = { DEAD_LETTER_QUEUE_URL: text, FUNCTION: text };

export const FUNCTION_SETTINGS = {
  'on-image-push': z.object({
    ...worker,
    TABLE_NAME: text,
    BUCKET_NAME: text,
    LAYER_QUEUE_URL: text,
    INSPECTION_QUEUE_URL: text,
  }),
  'scan-layer': z.object({
    ...worker,
    TABLE_NAME: text,
    BUCKET_NAME: text,
    INSPECTION_QUEUE_URL: text,
    FINGERPRINT_KEY_SECRET_ARN: text,
    /** The queue that it works on: six of its timeouts are too long to wait for the next try. */
    SOURCE_QUEUE_URL: text,
    /** After so many deliveries the queue gives a layer up. */
    RECEIVES: count,
    /** How long one delivery can last. */
    TIMEOUT_SECONDS: seconds,
  }),
  'inspect-image': z.object({
    ...worker,
    TABLE_NAME: text,
    BUCKET_NAME: text,
    DECIDED_QUEUE_URL: text,
    /** After so many deliveries the queue gives an image up. */
    RECEIVES: count,
  }),
  'on-finding': z.object({ ...worker, TABLE_NAME: text, DECIDED_QUEUE_URL: text }),
  'on-threat': z.object({ ...worker, TABLE_NAME: text, DECIDED_QUEUE_URL: text }),
  forward: z.object({
    ...worker,
    TABLE_NAME: text,
    ALERT_QUEUE_URL: text,
    HUB_ACCOUNT: text,
    HUB_REGION: text,
    HUB_PARTITION: text,
    /** SQS holds a message back for at most 900 seconds. */
    GROUP_WAIT_SECONDS: seconds,
  }),
  notify: z.object({ ...worker, TABLE_NAME: text, SLACK_WEBHOOK_SECRET_ARN: text }),
  'refresh-kev': z.object({ ...worker, TABLE_NAME: text, KEV_FEED_URL: text }),
} as const;

export type FunctionName = keyof typeof FUNCTION_SETTINGS;

/** The environment's names and values as the CDK must give them. */
export type FunctionEnvironment<Name extends FunctionName> = {
  readonly [Key in keyof z.output<(typeof FUNCTION_SETTINGS)[Name]>]: string;
};
