import { afterEach, describe, expect, it } from 'vitest';
import { functionStarter, until } from './function-starter.ts';

const started = functionStarter();
const { clock, functionOf } = started;

afterEach(started.closeAll);

describe('an invocation', () => {
  it.each([
    ['the answer of the handler', 'async (event) => ({ doubled: event.n * 2 })', { doubled: 42 }],
    ['the answer of a handler that is not async', '(event) => event.n', 21],
    ['null for no answer', 'async () => {}', null],
    ['dates as text, as JSON has them', 'async () => ({ at: new Date(0) })', { at: '1970-01-01T00:00:00.000Z' }],
  ])('gives %s', async (_title, handler, payload) => {
    const fn = await functionOf(`export const handler = ${handler};`);
    expect(await fn.invoke({ n: 21 })).toEqual({ ok: true, payload });
  });

  it('gives the handler the context of Lambda', async () => {
    const fn = await functionOf(
      'export const handler = async (_, c) => ({ ...c, left: c.getRemainingTimeInMillis(), again: typeof c.getRemainingTimeInMillis });',
    );
    const outcome = await fn.invoke({});
    expect(outcome).toEqual({
      ok: true,
      payload: {
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionName: 'on-test',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:on-test',
        memoryLimitInMB: '256',
        logGroupName: '/aws/lambda/on-test',
        logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
        callbackWaitsForEmptyEventLoop: true,
        left: expect.toSatisfy((ms: number) => ms > 0 && ms <= 3000),
        again: 'function',
      },
    });
  });

  it('keeps its environment warm for the next one', async () => {
    const fn = await functionOf('let count = 0; export const handler = async () => ++count;');
    expect(await fn.invoke({})).toEqual({ ok: true, payload: 1 });
    expect(await fn.invoke({})).toEqual({ ok: true, payload: 2 });
    expect(fn.invocations).toBe(2);
  });

  it('has an environment of its own while others run', async () => {
    const fn = await functionOf(
      `let inside = 0;
       export const handler = async () => {
         inside += 1;
         await new Promise((resolve) => setTimeout(resolve, 100));
         return inside--;
       };`,
    );
    const outcomes = Promise.all([fn.invoke({}), fn.invoke({}), fn.invoke({})]);
    expect(fn.running).toBe(3);
    expect(await outcomes).toEqual(Array(3).fill({ ok: true, payload: 1 }));
    expect(fn.running).toBe(0);
  });

  it('sees the clock, and its remaining time does not', async () => {
    const fn = await functionOf(
      `export const handler = async (_, context) => {
         const before = Date.now();
         process.stdout.write('waiting\\n');
         while (Date.now() - before < 3600000) await new Promise((resolve) => setTimeout(resolve, 10));
         return { hours: Math.floor((Date.now() - before) / 3600000), left: context.getRemainingTimeInMillis() > 0 };
       };`,
    );
    const outcome = fn.invoke({});
    await until(() => expect(started.logs).toContain('waiting'));
    clock.advance(7200);
    expect(await outcome).toEqual({ ok: true, payload: { hours: 2, left: true } });
  });
});

describe('what a function sees of the machine', () => {
  it('is its own environment and what Lambda sets, nothing else', async () => {
    const fn = await functionOf('export const handler = async () => process.env;', {
      environment: { TABLE_NAME: 'table', AWS_REGION: 'not-this-one' },
    });
    expect(await fn.invoke({})).toEqual({
      ok: true,
      payload: {
        TABLE_NAME: 'table',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: 'on-test',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/on-test',
        AWS_LAMBDA_LOG_STREAM_NAME: expect.stringContaining('[$LATEST]'),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        LAMBDA_TASK_ROOT: expect.stringContaining('sekisho-function-'),
        _HANDLER: 'index.handler',
        LANG: 'en_US.UTF-8',
        PATH: expect.any(String),
        TZ: ':UTC',
      },
    });
  });

  it('takes the options for Node.js that its environment names', async () => {
    const fn = await functionOf('export const handler = async () => process.sourceMapsEnabled;', {
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
    expect(await fn.invoke({})).toEqual({ ok: true, payload: true });
  });
});

describe('a failure', () => {
  it.each([
    [
      'an error of the handler',
      "export const handler = async () => { throw new RangeError('too far'); };",
      { errorType: 'RangeError', errorMessage: 'too far' },
    ],
    [
      'a thrown value that is no error',
      "export const handler = async () => { throw 'words'; };",
      { errorType: 'string', errorMessage: 'words', trace: [] },
    ],
    [
      'an answer that has no JSON',
      'export const handler = async () => { const a = {}; a.a = a; return a; };',
      { errorType: 'Error', errorMessage: 'Unable to stringify response body' },
    ],
    [
      'an error while the module loads',
      "throw new TypeError('no setting');",
      { errorType: 'TypeError', errorMessage: 'no setting' },
    ],
    [
      'a module with a syntax error',
      'export const handler = async () => { return',
      { errorType: 'Runtime.UserCodeSyntaxError' },
    ],
    ['a missing module', "import './missing.mjs';", { errorType: 'Runtime.ImportModuleError' }],
    [
      'a missing handler',
      'export const other = async () => {};',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    ],
    [
      'an exit',
      'export const handler = async () => { process.exit(7); };',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 7$/,
        ),
      },
    ],
    [
      'an exit without an error',
      'export const handler = async () => { process.exit(0); };',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('without providing a reason') },
    ],
    [
      'a rejection that nobody handles',
      "export const handler = () => new Promise(() => { Promise.reject(new Error('stray')); });",
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: stray' },
    ],
    [
      'an exception outside of the handler',
      "export const handler = () => new Promise(() => { setTimeout(() => { throw new SyntaxError('stray'); }); });",
      { errorType: 'SyntaxError', errorMessage: 'stray' },
    ],
    [
      'an exception that even the runtime does not see',
      "export const handler = () => new Promise(() => { process.removeAllListeners('uncaughtException'); setTimeout(() => { throw new Error('stray'); }); });",
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 1') },
    ],
    [
      'an answer beyond 6 MB',
      "export const handler = async () => 'x'.repeat(6291555);",
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
  ])('is reported: %s', async (_title, source, expected) => {
    const fn = await functionOf(source);
    expect(await fn.invoke({})).toMatchObject({ ok: false, ...expected });
    expect(started.logs.join('\n')).toContain('Invoke Error');
  });

  it('that ends an environment leaves the next event a new one', async () => {
    const fn = await functionOf('export const handler = async (event) => (event.exit ? process.exit(1) : "fine");');
    expect(await fn.invoke({ exit: true })).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(await fn.invoke({ exit: false })).toEqual({ ok: true, payload: 'fine' });
  });

  it('is an event beyond 6 MB, which does not reach the handler', async () => {
    const fn = await functionOf("export const handler = async () => 'reached';");
    expect(await fn.invoke('x'.repeat(6_291_454))).toEqual({ ok: true, payload: 'reached' });
    expect(await fn.invoke('x'.repeat(6_291_455))).toMatchObject({
      ok: false,
      errorType: 'RequestEntityTooLargeException',
    });
  });

  it('is a handler that takes longer than its timeout, even one that never yields', async () => {
    const fn = await functionOf(
      `export const handler = async (event) => { if (event.spin) for (;;) {} return 'quick'; };`,
      { timeoutSeconds: 1 },
    );
    expect(await fn.invoke({ spin: true })).toEqual({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
      trace: [],
    });
    expect(await fn.invoke({ spin: false })).toEqual({ ok: true, payload: 'quick' });
  });
});

describe('the log of a function', () => {
  it('has the lines that it writes to either stream', async () => {
    const fn = await functionOf(
      "export const handler = async () => { console.log('one\\ntwo'); process.stderr.write('three\\n'); };",
    );
    await fn.invoke({});
    await until(() => {
      const [report, ...lines] = started.logs.toSorted();
      expect(report).toMatch(/^REPORT RequestId: [0-9a-f-]{36}\tDuration: [\d.]+ ms\t/);
      expect(lines).toEqual(['one', 'three', 'two']);
    });
  });
});

describe('a closed function', () => {
  it('has ended what was running, and takes no more', async () => {
    const fn = await functionOf('export const handler = () => new Promise(() => {});');
    const outcome = fn.invoke({});
    await new Promise((resolve) => setTimeout(resolve, 100));
    await fn.close();
    expect(await outcome).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    await expect(fn.invoke({})).rejects.toThrow('on-test is closed');
  });
});
