/** What Lambda allows an SQS event source mapping to be set to (CreateEventSourceMapping in its API reference). */

/** SQS gives at most ten messages to one receive. */
export const RECEIVE_MAX = 10;

const within = (name: string, value: number, min: number, max: number): void => {
  if (!(Number.isInteger(value) && value >= min && value <= max)) {
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${value}.`);
  }
};

/** Throws a RangeError for settings that Lambda refuses. */
export const checkMappingLimits = (settings: {
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency?: number;
}): void => {
  within('BatchSize', settings.batchSize, 1, 10_000);
  within('MaximumBatchingWindowInSeconds', settings.windowSeconds, 0, 300);
  if (settings.maximumConcurrency !== undefined) within('MaximumConcurrency', settings.maximumConcurrency, 2, 1_000);
  if (settings.batchSize > RECEIVE_MAX && settings.windowSeconds === 0) {
    throw new RangeError('A BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1.');
  }
};
