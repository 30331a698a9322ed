import { describe, expect, it } from 'vitest';
import { appStep } from '../../../../shared/dossier/rules/example-image.ts';
import { commandsOf, commandsOfArguments } from '../../../../shared/dossier/rules/shell-commands.ts';

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

  it.each(['RUN <<EOF\napt-get update\nEOF', 'RUN bash <<"EOF"\napt-get update\nEOF'])(
    'reads a here-document that is a script: %j',
    (run) => expect(programs(run)).toContain('apt-get'),
  );

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
  ])('reads %j, %d times over, without delay', (piece, times) => {
    const start = performance.now();
    commandsOf(appStep(`RUN ${piece.repeat(times)}`));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
