/** `sekisho start`: the whole service on this machine, with a sample to look at. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Runtime } from '../../local/runtime.ts';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { DEFAULT_PORT, defaultPortIfFree } from '../default-port.ts';
import { renderHints, renderResult } from '../render-result.ts';
import { readOptions } from '../replay/read-options.ts';
import { slackText } from '../slack-text.ts';

interface StartOptions {
  readonly once?: true;
  readonly empty?: true;
  readonly json?: true;
  readonly port?: number;
  readonly throttling?: true;
  readonly eventualConsistency?: number;
  readonly policy?: string;
  readonly kevFeed?: string;
}

/** The account and Region that the local runtime plays. */
const LOCAL = { account: '111122223333', region: 'eu-west-1' } as const;

export const startCommand = (clock: Clock = systemClock): Command =>
  new Command('start')
    .description('run Sekisho on this machine: synthesise the CDK app and run its template, on 127.0.0.1 only')
    .option('--once', 'work everything off, advancing the clock to each next due item, then end with exit code 0')
    .option('--empty', 'start without the sample workload, image and events')
    .option(
      '--port <number>',
      `listen on this port; otherwise ${DEFAULT_PORT}, or any free one when that is taken`,
      parsePort,
    )
    .option('--json', 'print one JSON line when ready: console, endpoint, registry, region, account')
    .option('--throttling', 'refuse calls above the rates that AWS publishes')
    .option(
      '--eventual-consistency <seconds>',
      'for so long, reads that AWS does not promise to be consistent show the state before a write',
      parseSeconds,
    )
    .option(
      '--policy <file>',
      'the policy to decide with; otherwise policy.yaml if there is one, else the built-in one',
    )
    .option(
      '--kev-feed <file>',
      'a copy of CISA’s list of known exploited vulnerabilities (JSON); otherwise a sample of four entries',
    )
    .addHelpText('after', '\nExamples:\n  sekisho start\n  sekisho start --once\n  sekisho start --empty --port 4700\n')
    .action((options: StartOptions) => start(options, clock.now().toISOString().slice(0, 10)));

/** Only `start` needs the runtime: loading it takes longer than most of what the other commands do. */
const loadRuntime = async () => {
  const [runtime, sample, synthesis, result] = await Promise.all([
    import('../../local/runtime.ts'),
    import('../../local/sample/run-sample.ts'),
    import('../../local/synthesise.ts'),
    import('../fetch-result.ts'),
  ]);
  return { ...runtime, ...sample, ...synthesis, ...result };
};

/** `today`: `2026-11-20`. */
const start = async (options: StartOptions, today: string): Promise<void> => {
  // Otherwise they would be found wrong only when the app is synthesised, or in a dead-letter queue.
  const files = await readOptions(
    {
      ...(options.policy !== undefined && { policy: options.policy }),
      ...(options.kevFeed !== undefined && { kev: options.kevFeed }),
    },
    today,
  );
  if (!files.ok) {
    for (const problem of files.error) console.error(problem);
    process.exitCode = 1;
    return;
  }
  const { startRuntime, runSample, synthesise, fetchResult } = await loadRuntime();
  const progress = (line: string): void => console.error(`· ${line}`);
  const assembly = await mkdtemp(path.join(tmpdir(), 'sekisho-'));
  let runtime: Runtime | undefined;
  try {
    progress('synthesise the CDK app');
    await synthesise(assembly, { ...LOCAL, ...(options.policy !== undefined && { policy: options.policy }) });
    progress('start the local runtime from its template');
    let onChat = (_message: unknown): void => undefined;
    runtime = await startRuntime({
      assembly,
      ...LOCAL,
      port: options.port ?? (await defaultPortIfFree()),
      throttling: options.throttling ?? false,
      eventualConsistencySeconds: options.eventualConsistency ?? 0,
      ...(options.kevFeed !== undefined && { kevFeed: options.kevFeed }),
      onChat: ({ body }) => onChat(body),
    });
    // Deployed, it comes within the hour; a finding that is decided before counts it as unknown.
    progress('wait for CISA’s list, which a schedule loads');
    await runtime.settled();
    if (!options.empty) await runSample(runtime, progress);
    // The alert waits for more findings; nobody who tries the sample wants to wait with it.
    if (options.once || !options.empty) await workOff(runtime, progress);
    // Before the line that says that it is ready; until then, and with --once, a signal ends the process as usual.
    const stopping = options.once ? undefined : interruption();
    if (options.json) console.log(JSON.stringify(readyLine(runtime)));
    const result = options.empty ? undefined : await fetchResult(runtime);
    if (result && !options.json) console.log(renderResult(result));
    if (stopping) {
      if (!options.json) {
        console.log(renderHints(runtime));
        onChat = (body) => console.log(`\n${slackText(body)}`);
      }
      await stopping;
    } else if (result && (result.deadLetters.length > 0 || result.denied.length > 0)) process.exitCode = 1;
  } finally {
    await runtime?.close();
    await rm(assembly, { recursive: true, force: true });
  }
};

const readyLine = ({ endpoint, registry, region, account }: Runtime) => ({
  console: null,
  endpoint,
  registry,
  region,
  account,
});

/** Everything that is due now, and everything that would be due later. */
const workOff = async (runtime: Runtime, progress: (line: string) => void): Promise<void> => {
  progress('wait until all is worked off');
  await runtime.settled();
  for (let next = (await runtime.state()).due[0]; next !== undefined; next = (await runtime.state()).due[0]) {
    const seconds = Math.max(0, Math.ceil((Date.parse(next.at) - runtime.now().getTime()) / 1000));
    progress(`advance the clock by ${seconds} s: ${next.what}`);
    runtime.advance(seconds);
    await runtime.settled();
  }
};

/** Read at once: npm may be gone before we are ready. */
const STARTED_BY = process.ppid;
/** How often it is looked whether npm, which started us, is still there. */
const PARENT_MS = 1_000;

/**
 * Heard more than once: a terminal signals the whole group, and npm passes the signal on; the second must not cut the
 * end. The shell that npm puts in between passes none on, so when npm is gone, we are meant as well.
 */
const interruption = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    if (process.env.npm_lifecycle_event !== 'start') return;
    const watch = setInterval(() => {
      if (process.ppid === STARTED_BY) return;
      clearInterval(watch);
      resolve();
    }, PARENT_MS);
    watch.unref();
  });

const parsePort = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It must be a port number from 0 to 65535.');
  return port;
};

const parseSeconds = (text: string): number => {
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 3_600)) throw new InvalidArgumentError('It must be a number of seconds up to 3600.');
  return seconds;
};
