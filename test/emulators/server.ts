/** One emulator as a child process: on 127.0.0.1, on a port of its own, with nothing of our environment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT } from '../support/aws-subjects/aws-endpoint.ts';
import { listensBeyondLoopback } from './listening.ts';
import type { Party } from './parties.ts';

export interface Emulator {
  readonly endpoint: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

interface Command {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when the emulator can be used. */
  readonly ready: string;
}

const READY_MS = 60_000;
const STOP_MS = 5_000;

const COMMANDS: Readonly<Record<Party, (port: number) => Command>> = {
  moto: (port) => ({
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    env: { MOTO_ACCOUNT_ID: ACCOUNT },
    ready: '/moto-api/data.json',
  }),
  ministack: (port) => ({
    args: ['-m', 'ministack'],
    env: {
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: 'eu-west-1',
      // Both would listen on every address.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      // With Docker it would pull and run what the tests only name.
      DOCKER_HOST: 'unix:///nowhere',
    },
    ready: '/_ministack/ready',
  }),
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
};

/** `home`: a directory of its own, for whatever it writes. Throws with its log when it does not start. */
export const startEmulator = async (party: Party, python: string, home: string): Promise<Emulator> => {
  mkdirSync(home, { recursive: true });
  const port = await freePort();
  const { args, env, ready } = COMMANDS[party](port);
  const logFile = path.join(home, `${party}.log`);
  const output = openSync(logFile, 'w');
  const child = spawn(python, args, {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home, NO_COLOR: '1', PYTHONUNBUFFERED: '1', ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const log = () => readFileSync(logFile, 'utf8');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(late);
  };
  const endpoint = `http://127.0.0.1:${port}`;

  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(`${endpoint}${ready}`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  };
  const giveUpAt = Date.now() + READY_MS;
  while (!(await isReady())) {
    if (child.pid === undefined || child.exitCode !== null || Date.now() > giveUpAt) {
      await stop();
      throw new Error(`${party} did not start:\n${log()}`);
    }
    await sleep(100);
  }
  const beyond = child.pid === undefined ? [] : await listensBeyondLoopback(child.pid);
  if (beyond !== undefined && beyond.length > 0) {
    await stop();
    throw new Error(`${party} listens beyond 127.0.0.1: ${beyond.join(', ')}`);
  }
  return { endpoint, log, stop };
};
