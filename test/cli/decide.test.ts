import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type Ended, runCommand } from './run-command.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../cli/sekisho.js');

const start = () => spawn(process.execPath, [COMMAND, 'decide'], { stdio: ['pipe', 'pipe', 'pipe'] });

const codeOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve));

const decide = async (input: string): Promise<Ended> => {
  const child = start();
  child.stdin.end(input);
  const [code, stdout, stderr] = await Promise.all([codeOf(child), text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
};

const caseLine = (id: string | number): string => `{"id":${JSON.stringify(id)},"family":"threat","input":{"sev":8}}\n`;
const decisionLine = (id: string | number): string =>
  `{"id":${JSON.stringify(id)},"factors":{"severity":28,"breakout":0,"isolation":8,"asset":6,"recurrence":0,"correlation":0},"raw":42,"base":"attend","rules":[],"decision":"attend","score":78,"label":"HIGH","isoClass":"unknown"}\n`;

describe.concurrent('sekisho decide', () => {
  it('prints a decision for each case, in their order', async () => {
    expect(await decide(caseLine('a') + caseLine('b'))).toEqual({
      code: 0,
      stdout: decisionLine('a') + decisionLine('b'),
      stderr: '',
    });
  });

  it('puts an error where a line is no case, goes on, and ends with 1', async () => {
    expect(await decide(`${caseLine('a')}\noops\n${caseLine('b').trimEnd()}`)).toEqual({
      code: 1,
      stdout: `${decisionLine('a')}{"id":null,"error":"line 3: it is not JSON (one case a line was expected)"}\n${decisionLine('b')}`,
      stderr: '',
    });
  });

  it('warns of each misspelt member once, of 20 at most, and decides as without them', async () => {
    const slips = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`other${n}`, n]));
    const misspelt = JSON.stringify({
      id: 'a',
      title: 'x',
      family: 'threat',
      input: { severity: 2, sev: 8, ...slips },
    });
    const { code, stdout, stderr } = await decide(`${misspelt}\n${misspelt}\n`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: decisionLine('a').repeat(2) });
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(20);
    expect(lines.slice(0, 2)).toEqual([
      'input.severity is not known here; did you mean sev? it is ignored',
      'input.other0 is not known here; it is ignored',
    ]);
  });

  it('prints nothing for nothing', async () => {
    expect(await decide('')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('answers a case before the next one is there', async () => {
    const child = start();
    const ended = codeOf(child);
    const answers: string[] = [];
    for (const id of ['first', 'second']) {
      child.stdin.write(caseLine(id));
      answers.push(await new Promise((resolve) => child.stdout.once('data', (data) => resolve(String(data)))));
    }
    child.stdin.end();
    expect([...answers, await ended]).toEqual([decisionLine('first'), decisionLine('second'), 0]);
  });

  it('loses none of many thousands', async () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, id) => id);
    const { code, stdout } = await decide(ids.map(caseLine).join(''));
    expect(code).toBe(0);
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).id),
    ).toEqual(ids);
  });

  it('ends quietly when nobody reads on', async () => {
    const child = start();
    const stderr = text(child.stderr);
    // It ends with cases that it has not read.
    child.stdin.on('error', () => undefined);
    child.stdin.end(caseLine('x').repeat(200_000));
    child.stdout.once('data', () => child.stdout.destroy());
    expect([await codeOf(child), await stderr]).toEqual([0, '']);
  });

  it('takes no files', async () => {
    const { code, stdout } = await runCommand('decide', 'cases.jsonl');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('lists the members of every family with what counts where they are not known', async () => {
    const { code, stdout } = await runCommand('decide', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Input of a case of the family vulnerability:\n  cvss ');
    expect(stdout).toMatch(/^ {2}A {2,}no \| yes \(unknown: yes\)$/m);
    expect(stdout).toMatch(/^ {2}sev {2,}0 to 10$/m);
    expect(stdout).toMatch(/^ {2}count {2,}whole number from 0 \(unknown: 1\)$/m);
    expect(stdout).toMatch(/^ {2}exposure {2,}small \| controlled \| open$/m);
    expect(stdout).toMatch(/^ {2}type {2,}text$/m);
  });
});
