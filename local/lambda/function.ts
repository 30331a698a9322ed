/** A Lambda function run on this machine: as many execution environments as events run at once, kept warm. */
import { randomBytes, randomUUID } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { LocalClock } from '../clock.ts';
import { environmentVariables } from './environment-variables.ts';
import { type ExecutionEnvironment, startEnvironment } from './execution-environment.ts';
import { MAX_REQUEST_BYTES, MAX_RESPONSE_BYTES, requestTooLarge, responseTooLarge } from './invocation-error.ts';
import { leftRunningText } from './left-running.ts';
import type { Invocation, InvocationContext, InvocationError } from './protocol.ts';
import { reportLine } from './report-line.ts';

export interface FunctionOptions {
  readonly name: string;
  /** Absolute path of the bundle, an ES module. */
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly account: string;
  readonly region: string;
  readonly clock: LocalClock;
  /** Called with every line that the function writes, with its failures, and with the REPORT line of each event. */
  readonly onLog: (line: string) => void;
  /** Told what a handler left running when it answered, and of an environment that cannot be ended. */
  readonly onFault: (error: unknown) => void;
}

export type InvocationOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | ({ readonly ok: false } & InvocationError);

export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  /**
   * Runs the handler. Whatever happens in the function is an outcome; it rejects after `close`, and when no thread can
   * be started with the function's NODE_OPTIONS. Two things are not held back in a function that runs in a thread: one
   * allocation of about its whole memory setting or more can end this process, and so can many in a short time while
   * this thread is busy, because V8 gives a thread little time to stop; and V8 leaves a few loops no way out at all.
   */
  readonly invoke: (event: unknown) => Promise<InvocationOutcome>;
  /** Events being handled at this moment. */
  readonly running: number;
  /** Events taken since the start. */
  readonly invocations: number;
  /** The most memory that an event has taken, as Lambda counts it; 0 before the first. */
  readonly maxMemoryUsedMb: number;
  /** Ends all environments at once; events being handled end with `Runtime.ExitError`. */
  readonly close: () => Promise<void>;
}

interface WarmEnvironment {
  readonly environment: ExecutionEnvironment;
  readonly logStreamName: string;
}

export const createFunction = (options: FunctionOptions): LocalFunction => {
  const { name, file, exportName, timeoutSeconds, memoryMb, account, region, clock, onLog, onFault } = options;
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const handler = `${basename(file, extname(file))}.${exportName}`;
  const environments = new Set<WarmEnvironment>();
  const idle: WarmEnvironment[] = [];
  let running = 0;
  let invocations = 0;
  let maxMemoryUsedMb = 0;
  let closed = false;

  const start = (): WarmEnvironment => {
    const day = clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
    const logStreamName = `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const variables = environmentVariables({ ...options, functionName: name, handler, logStreamName });
    const environment = startEnvironment({
      settings: { file, exportName, handler },
      variables,
      memoryMb,
      clock,
      onLog,
      onFault: (cause) => onFault(new Error(`An environment of ${name} cannot be ended.`, { cause })),
    });
    const started = { environment, logStreamName };
    environments.add(started);
    return started;
  };

  const takeEnvironment = (): WarmEnvironment => {
    for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) {
      if (warm.environment.usable()) return warm;
      environments.delete(warm);
    }
    return start();
  };

  const contextIn = (logStreamName: string): InvocationContext => ({
    awsRequestId: randomUUID(),
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName,
  });

  const failed = (error: InvocationError): InvocationOutcome => {
    onLog(`ERROR\tInvoke Error\t${JSON.stringify(error)}`);
    return { ok: false, ...error };
  };

  const run = async (event: string): Promise<InvocationOutcome> => {
    const requestBytes = Buffer.byteLength(event);
    if (requestBytes > MAX_REQUEST_BYTES) return failed(requestTooLarge(requestBytes));
    const warm = takeEnvironment();
    const invocation: Invocation = {
      event,
      context: contextIn(warm.logStreamName),
      timeoutMs: timeoutSeconds * 1000,
    };
    const { answer, left, usedMb, ...times } = await warm.environment.invoke(invocation);
    if (warm.environment.usable()) idle.push(warm);
    else environments.delete(warm);
    maxMemoryUsedMb = Math.max(maxMemoryUsedMb, usedMb);
    onLog(reportLine({ requestId: invocation.context.awsRequestId, memoryMb, usedMb, ...times }));
    if (left.length > 0) onFault(new Error(leftRunningText(name, left)));
    if (answer.kind === 'failure') return failed(answer.error);
    const responseBytes = Buffer.byteLength(answer.payload);
    if (responseBytes > MAX_RESPONSE_BYTES) return failed(responseTooLarge(responseBytes));
    return { ok: true, payload: JSON.parse(answer.payload) };
  };

  return {
    name,
    arn,
    get running() {
      return running;
    },
    get invocations() {
      return invocations;
    },
    get maxMemoryUsedMb() {
      return maxMemoryUsedMb;
    },
    invoke: async (event) => {
      if (closed) throw new Error(`The function ${name} is closed.`);
      running += 1;
      invocations += 1;
      try {
        return await run(JSON.stringify(event) ?? 'null');
      } finally {
        running -= 1;
      }
    },
    close: async () => {
      closed = true;
      await Promise.all([...environments].map(({ environment }) => environment.terminate()));
    },
  };
};
