/** What every SDK client is given: bounded waiting, and few attempts, because the queue tries again as well. */
export const clientDefaults = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 },
} as const;
