import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCRIPT = path.join(ROOT, 'scripts/bundle.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

const bundle = async (name: string, output: string): Promise<string> => {
  const directory = path.join(folder, output);
  await promisify(execFile)(process.execPath, [SCRIPT, name, directory]);
  return directory;
};
const codeOf = (...args: readonly string[]): Promise<number | null> =>
  new Promise((resolve) => {
    spawn(process.execPath, [SCRIPT, ...args], { stdio: 'ignore' }).once('close', resolve);
  });

describe('the bundle of a function', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await bundle('notify', 'notify');
  });

  it('is one module with its source map, and the word that it is a module', async () => {
    expect((await readdir(directory)).toSorted()).toEqual(['index.mjs', 'index.mjs.map', 'package.json']);
    expect(JSON.parse(await readFile(path.join(directory, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
  });

  it('exports the handler, and needs nothing of the repository', async () => {
    const print = `const { handler } = await import(${JSON.stringify(path.join(directory, 'index.mjs'))}); console.log(typeof handler);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', print], {
      cwd: folder,
      env: {
        AWS_REGION: 'eu-west-1',
        FUNCTION: 'sekisho-notify',
        DEAD_LETTER_QUEUE_URL: 'https://queue',
        TABLE_NAME: 'table',
        SLACK_WEBHOOK_SECRET_ARN: 'arn',
      },
    });
    expect(stdout).toBe('function\n');
  });

  it('holds no path of the machine that made it', async () => {
    const code = await readFile(path.join(directory, 'index.mjs'), 'utf8');
    for (const place of [ROOT, folder, homedir(), process.execPath]) expect(code).not.toContain(place);
  });

  it('carries the policy of a function that decides', async () => {
    const policy = path.join(folder, 'checked.json');
    await writeFile(policy, '{"version":1}');
    const target = path.join(folder, 'with-policy');
    await promisify(execFile)(process.execPath, [SCRIPT, 'notify', target, policy]);
    expect(await readFile(path.join(target, 'policy.json'), 'utf8')).toBe('{"version":1}');
  });

  it('has the same bytes every time, and takes the place of what was there', async () => {
    await writeFile(path.join(directory, 'left-over.txt'), '');
    const before = await readFile(path.join(directory, 'index.mjs'));
    await bundle('notify', 'notify');
    expect(await readFile(path.join(directory, 'index.mjs'))).toEqual(before);
    expect(await readdir(directory)).not.toContain('left-over.txt');
  });
});

describe('the script', () => {
  it.each<[string, readonly string[], number]>([
    ['without a function ends with 2', [], 2],
    ['without a directory ends with 2', ['notify'], 2],
    ['with a function that is not there ends with 1', ['no-such-function', '/dev/null/nowhere'], 1],
  ])('%s', async (_title, args, code) => {
    expect(await codeOf(...args)).toBe(code);
  });
});
