import { afterEach, describe, expect, it, vi } from 'vitest';
import { appStep } from '../../../../shared/dossier/rules/example-image.ts';
import {
  commandsOf,
  commandsOfArguments,
  commandsOfScript,
  MAX_SCRIPT_LENGTH,
} from '../../../../shared/dossier/rules/shell-commands.ts';

const texts = (run: string) => commandsOf(appStep(run)).map(({ text }) => text);
const programs = (run: string) => commandsOf(appStep(run)).map(({ program }) => program);

describe('the commands of a RUN instruction', () => {
  it.each([
    ['RUN apt-get update && apt-get install -y curl', ['apt-get update', 'apt-get install -y curl']],
    ['RUN a; b || c & d', ['a', 'b', 'c', 'd']],
    ['RUN a\nb', ['a', 'b']],
    ['RUN a \\\n b', ['a \\\n b']],
    [`RUN echo 'a && b' "c; d"`, [`echo 'a && b' "c; d"`]],
    ['RUN echo a\\;b', ['echo a\\;b']],
    ['RUN make 2>&1 && make install &>/dev/null', ['make 2>&1', 'make install &>/dev/null']],
    ['RUN a # b && c\nd', ['a', 'd']],
    ['RUN echo a#b', ['echo a#b']],
    ['RUN --mount=type=cache,target=/root/.cache --network=none make', ['make']],
    ['RUN', []],
    ['COPY a && b', []],
  ])('parts %j', (run, commands) => expect(texts(run)).toEqual(commands));

  it.each([
    ['RUN DEBIAN_FRONTEND=noninteractive apt-get install x', 'apt-get'],
    ['RUN /usr/bin/apt-get install x', 'apt-get'],
    ['RUN sudo -E -u root apt-get install x', 'apt-get'],
    ['RUN env A=1 apt-get install x', 'apt-get'],
    ['RUN if ! apt-get install x', 'apt-get'],
    ['RUN timeout 30 apt-get install x', 'apt-get'],
    ['RUN A=1', ''],
  ])('finds the program of %j', (run, program) => expect(programs(run)).toEqual([program]));

  it('reads the exec form', () => {
    expect(commandsOf(appStep('RUN ["apt-get", "install", "a b"]'))[0]).toMatchObject({
      program: 'apt-get',
      args: ['install', 'a b'],
    });
  });

  it('reads a shell’s test as a command', () => expect(programs('RUN ["a" = "b" ] && x')).toEqual(['[a', 'x']));

  it('reads the script that another shell is given', () =>
    expect(programs(`RUN bash -euxc 'apt-get update && apt-get install x'`)).toEqual(['bash', 'apt-get', 'apt-get']));

  it('keeps what comes through a pipe', () => {
    const [curl, tar, sh] = commandsOf(appStep('RUN curl x | tar x |& sh'));
    expect(tar?.from).toBe(curl);
    expect(sh?.from).toBe(tar);
    expect(curl?.from).toBeUndefined();
  });

  it.each(['RUN sh -c "$(curl x)"', 'RUN sh -c `curl x`', 'RUN sh <(curl x)', 'RUN eval $(curl x)'])(
    'finds the command inside %j',
    (run) => {
      const commands = commandsOf(appStep(run));
      expect(commands[0]).toMatchObject({ program: 'curl', args: ['x'] });
      expect(commands[1]?.inner).toEqual([commands[0]]);
      expect(commands[1]?.words).toContain('$(…)');
    },
  );

  it('takes a group for one command', () => {
    const commands = commandsOf(appStep('RUN (cd /x; curl y) | sh'));
    expect(commands.map(({ program }) => program)).toEqual(['cd', 'curl', '', 'sh']);
    expect(commands[3]?.from?.inner.map(({ program }) => program)).toEqual(['cd', 'curl']);
  });

  it.each([
    'RUN case "$A" in amd64 | i386) curl x | sh ;; (arm) b;; *) c; esac; d',
    'RUN if true; then case $A in\namd64|i386) curl x | sh\n;;\narm) b ;;\n*) c\nesac; fi; d',
    'RUN (case a in amd64|i386) curl x | sh;; arm) b;; *) c;; esac; d)',
  ])('takes no bar between patterns for a pipe: %j', (run) => {
    const commands = commandsOf(appStep(run));
    const from = commands.flatMap((command) => (command.from ? [[command.from.program, command.program]] : []));
    expect(from).toEqual([['curl', 'sh']]);
    expect(commands.map(({ program }) => program)).toEqual(expect.arrayContaining(['curl', 'sh', 'b', 'c', 'd']));
  });

  it('does not run the text of a here-document', () =>
    expect(texts('RUN cat <<EOF > /x && a\napt-get update\nEOF\nb')).toEqual(['cat <<EOF > /x', 'a', 'b']));

  it.each(['RUN { cat <<EOF; } && a\napt-get update\nEOF\nb', 'RUN (cat <<EOF) && a\napt-get update\nEOF\nb'])(
    'does not run the text of a here-document in a group: %j',
    (run) => expect(programs(run)).toEqual(['cat', '', 'a', 'b']),
  );

  it.each(['RUN <<EOF\napt-get update\nEOF', 'RUN bash <<"EOF"\napt-get update\nEOF'])(
    'reads a here-document that is a script: %j',
    (run) => expect(programs(run)).toContain('apt-get'),
  );

  it.each([
    ['RUN { a; b c; } | d', ['a', '', 'b', '', 'd']],
    ['RUN if x; then { a; }; fi; d', ['a']],
    ['RUN f() { a | b; }; f', ['a', 'b', 'f']],
  ])('reads the group and the function of %j', (run, expected) =>
    expect(programs(run)).toEqual(expect.arrayContaining(expected)),
  );

  it('takes a group in braces for one command, and no other braces for a group', () => {
    const [, , group, last] = commandsOf(appStep('RUN { a; b; } 2>&1 | c'));
    expect(group?.inner.map(({ program }) => program)).toEqual(['a', 'b']);
    expect(last?.from).toBe(group);
    expect(texts('RUN echo { a; echo }; find . -exec rm {} \\;')).toEqual([
      'echo { a',
      'echo }',
      'find . -exec rm {} \\;',
    ]);
    expect(texts(`RUN {a,b}; \${A} c`)).toEqual(['{a,b}', `\${A} c`]);
  });

  it('reads an instruction once, however many rules ask', () => {
    const step = appStep('RUN a && b');
    expect(commandsOf(step)).toBe(commandsOf(step));
  });

  it('does not read an instruction of more than 256 KiB', () => {
    const of = (length: number) => commandsOf(appStep(`RUN ${'a'.repeat(length - 4)}`)).length;
    expect([MAX_SCRIPT_LENGTH, of(262_144), of(262_145)]).toEqual([262_144, 1, 0]);
  });

  it('reads an entry point', () => {
    expect(commandsOfArguments(['/bin/sh', '-c', 'exec /usr/sbin/sshd -D']).map(({ program }) => program)).toEqual([
      'sh',
      'sshd',
    ]);
    expect(commandsOfArguments([]).map(({ program }) => program)).toEqual(['']);
  });

  it.each([
    ['(', 200_000],
    ['$(', 100_000],
    ['`', 200_000],
    ['"', 200_000],
    ["'", 200_001],
    ['a|', 100_000],
    ['<<A\n', 50_000],
    ['cat <<A ', 50_000],
    ['\\', 200_000],
    ["sh -c '", 50_000],
    ['#\n', 100_000],
    [') ', 100_000],
    ['case a in ', 50_000],
    ['case a in b|c) ', 30_000],
    [';;', 100_000],
    ['in ', 100_000],
    ['>&', 200_000],
    ['>|', 200_000],
    ['{ ', 100_000],
    ['{ a; } ', 50_000],
    ['f() ', 100_000],
    ['(<<A)', 50_000],
    ['{ <<A ', 50_000],
  ])('reads %j, %d times over, without delay', (piece, times) => {
    const start = performance.now();
    commandsOfScript(piece.repeat(times));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('the work of reading a script', () => {
  afterEach(() => vi.restoreAllMocks());

  /** Characters that regular expressions and comparisons of ends are given; those that begin at one place are not counted. */
  const workOn = (script: string): number => {
    let work = 0;
    const exec = RegExp.prototype.exec;
    vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
      if (!this.sticky) work += text.length;
      return exec.call(this, text);
    });
    vi.spyOn(String.prototype, 'endsWith').mockImplementation(function (this: string, end: string) {
      work += this.length;
      return this.slice(-end.length) === end;
    });
    commandsOfScript(script);
    vi.restoreAllMocks();
    return work;
  };

  it.each(['>&', '>|', 'a>&', '{ a; } ', 'f() ', 'a ', 'a>& b|'])(
    'doubles where there is twice as much of %j',
    (piece) => {
      expect(workOn(piece.repeat(400))).toBeLessThan(2.2 * workOn(piece.repeat(200)) + 100);
    },
  );
});
