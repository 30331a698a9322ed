/** Which records of a batch a function's `ReportBatchItemFailures` response says have failed. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The message ids that failed. As in the Lambda Developer Guide, an empty or null response, and an empty, null or
 * absent list, are a success of all; an identifier that is missing, empty or unknown, and any other form, a failure
 * of all.
 */
export const failedMessageIds = (payload: unknown, messageIds: ReadonlySet<string>): ReadonlySet<string> => {
  if (payload === null || payload === undefined) return new Set();
  if (!isObject(payload)) return messageIds;
  const failures = payload.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return messageIds;
  const failed = new Set<string>();
  for (const failure of failures) {
    const id = isObject(failure) ? failure.itemIdentifier : undefined;
    if (typeof id !== 'string' || !messageIds.has(id)) return messageIds;
    failed.add(id);
  }
  return failed;
};
