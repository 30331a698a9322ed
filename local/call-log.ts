/** Which AWS calls were made, and by which function: the access key of each function is its name. */

/** Access keys hold no slash; the prefix keeps a user's own keys apart from the functions'. */
const FUNCTION_KEY = 'FUNCTION.';

export const accessKeyOf = (functionName: string): string => `${FUNCTION_KEY}${functionName}`;

const functionOf = (accessKeyId: string): string | undefined =>
  accessKeyId.startsWith(FUNCTION_KEY) ? accessKeyId.slice(FUNCTION_KEY.length) : undefined;

export interface CallLog {
  readonly count: (call: {
    readonly service: string;
    readonly operation: string;
    readonly accessKeyId: string;
  }) => void;
  readonly calls: () => Readonly<Record<string, number>>;
  readonly callsByFunction: () => Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const createCallLog = (): CallLog => {
  const calls = new Map<string, number>();
  const byFunction = new Map<string, Map<string, number>>();
  const raise = (counts: Map<string, number>, name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };

  const count: CallLog['count'] = ({ service, operation, accessKeyId }) => {
    const name = `${service}:${operation}`;
    raise(calls, name);
    const caller = functionOf(accessKeyId);
    if (caller === undefined) return;
    const counts = byFunction.get(caller) ?? new Map<string, number>();
    byFunction.set(caller, counts);
    raise(counts, name);
  };

  return {
    count,
    calls: () => Object.fromEntries(calls),
    callsByFunction: () =>
      Object.fromEntries([...byFunction].map(([name, counts]) => [name, Object.fromEntries(counts)])),
  };
};
