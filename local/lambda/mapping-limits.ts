/** What Lambda allows an SQS event source mapping to be set to (CreateEventSourceMapping in its API reference). */

/** SQS gives at most ten messages to one receive. */
export const RECEIVE_MAX = 10;

export interface MappingSettings {
  /** Name of the queue; that of a first-in-first-out queue ends in `.fifo`. */
  readonly queue: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency?: number;
  readonly visibilityTimeoutSeconds: number;
  readonly functionTimeoutSeconds: number;
}

const within = (name: string, value: number, min: number, max: number): void => {
  if (!(Number.isInteger(value) && value >= min && value <= max)) {
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${value}.`);
  }
};

/** Throws a RangeError for settings that Lambda refuses. */
export const checkMappingLimits = (settings: MappingSettings): void => {
  const { queue, batchSize, windowSeconds, maximumConcurrency, visibilityTimeoutSeconds } = settings;
  const ordered = queue.endsWith('.fifo');
  within('BatchSize', batchSize, 1, ordered ? RECEIVE_MAX : 10_000);
  within('MaximumBatchingWindowInSeconds', windowSeconds, 0, ordered ? 0 : 300);
  if (maximumConcurrency !== undefined) within('MaximumConcurrency', maximumConcurrency, 2, 1_000);
  if (batchSize > RECEIVE_MAX && windowSeconds === 0) {
    throw new RangeError('A BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1.');
  }
  if (visibilityTimeoutSeconds < settings.functionTimeoutSeconds) {
    throw new RangeError(
      `Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${settings.functionTimeoutSeconds} seconds`,
    );
  }
};

/** Lambda's advice for the visibility timeout, of which it says that the rest is time for throttled batches. */
const TIMEOUTS = 6;

/** What Lambda accepts and advises against; undefined when there is nothing to say. */
export const mappingAdvice = (settings: MappingSettings): string | undefined => {
  const { queue, windowSeconds, visibilityTimeoutSeconds, functionTimeoutSeconds } = settings;
  const advised = TIMEOUTS * functionTimeoutSeconds + windowSeconds;
  if (visibilityTimeoutSeconds >= advised) return undefined;
  return (
    `The visibility timeout of ${queue} is ${visibilityTimeoutSeconds} seconds; Lambda advises at least ${advised}: ` +
    `six times the function timeout of ${functionTimeoutSeconds}, plus the batching window of ${windowSeconds}.`
  );
};
