// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles write their variables like this
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dockerfile, parseDockerfile } from '../../../shared/dockerfile/parse-dockerfile.ts';

const parse = (...lines: readonly string[]): Dockerfile => {
  const file = parseDockerfile(lines.join('\n'));
  if (!file.known) throw new Error(file.reason);
  return file.value;
};

/** Of the only stage, whose FROM is on line 1. */
const read = (...lines: readonly string[]) =>
  parse('FROM scratch', ...lines).stages[0]?.instructions.map(({ keyword, rest, heredocs, firstLine, lastLine }) => [
    `${keyword} ${rest}${heredocs && `|${heredocs}`}`,
    firstLine,
    lastLine,
  ]);

describe('parseDockerfile', () => {
  it.each([
    [
      'an instruction per line',
      ['run make', 'Cmd ["a"]'],
      [
        ['RUN make', 2, 2],
        ['CMD ["a"]', 3, 3],
      ],
    ],
    ['empty lines and comments', ['', '# note', '  # note', '  RUN a'], [['RUN a', 5, 5]]],
    ['a continued line', ['RUN a \\', '    && b'], [['RUN a     && b', 2, 3]]],
    ['blanks behind the mark', ['RUN a \\ \t', 'b'], [['RUN a b', 2, 3]]],
    [
      'an escaped mark, which continues nothing',
      ['RUN a \\\\', 'RUN b'],
      [
        ['RUN a \\\\', 2, 2],
        ['RUN b', 3, 3],
      ],
    ],
    ['comments and empty lines in between', ['RUN a \\', '# no', '', '  # no', '  b'], [['RUN a   b', 2, 6]]],
    ['a comment that looks continued', ['# RUN a \\', 'RUN b'], [['RUN b', 3, 3]]],
    ['a continuation into the end of the file', ['RUN a \\'], [['RUN a', 2, 2]]],
    [
      'Windows line ends',
      ['RUN a \\\r', 'b\r', 'RUN c\r'],
      [
        ['RUN a b', 2, 3],
        ['RUN c', 4, 4],
      ],
    ],
    [
      'a heredoc',
      ['RUN <<EOF', 'set -e', 'USER x', 'EOF', 'USER a'],
      [
        ['RUN <<EOF|set -e\nUSER x\nEOF', 2, 5],
        ['USER a', 6, 6],
      ],
    ],
    ['a heredoc with an argument', ['COPY <<"a b" /x', '$y', 'a b'], [['COPY <<"a b" /x|$y\na b', 2, 4]]],
    ['two heredocs', ['COPY <<A <<-B /d/', '1', 'A', '2', '\tB'], [['COPY <<A <<-B /d/|1\nA\n2\n\tB', 2, 6]]],
    [
      'a marker that is not alone on its line',
      ['RUN cat <<E > /f', ' E', 'E ', 'E'],
      [['RUN cat <<E > /f| E\nE \nE', 2, 5]],
    ],
    ['a heredoc below a trigger', ['ONBUILD RUN <<E', 'a', 'E'], [['ONBUILD RUN <<E|a\nE', 2, 4]]],
    [
      'a here string',
      ['RUN cat <<<EOF', 'USER a'],
      [
        ['RUN cat <<<EOF', 2, 2],
        ['USER a', 3, 3],
      ],
    ],
    [
      'a shift',
      ['RUN echo $((1<<2))', 'USER a'],
      [
        ['RUN echo $((1<<2))', 2, 2],
        ['USER a', 3, 3],
      ],
    ],
    [
      'quotes around what is no heredoc',
      ['RUN echo "a <<EOF"', 'USER a'],
      [
        ['RUN echo "a <<EOF"', 2, 2],
        ['USER a', 3, 3],
      ],
    ],
    [
      'the exec form',
      ['RUN ["cat", "<<EOF"]', 'USER a'],
      [
        ['RUN ["cat", "<<EOF"]', 2, 2],
        ['USER a', 3, 3],
      ],
    ],
    [
      'an instruction that can have no heredoc',
      ['ENV a=<<EOF', 'USER a'],
      [
        ['ENV a=<<EOF', 2, 2],
        ['USER a', 3, 3],
      ],
    ],
  ])('reads %s', (_, lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });

  it('continues lines with the mark that a directive sets', () => {
    const [stage] = parse('# syntax=docker/dockerfile:1', '# escape=`', 'FROM a', 'RUN b `', 'c \\', 'RUN d').stages;
    expect(stage?.instructions.map(({ rest, lastLine }) => [rest, lastLine])).toEqual([
      ['b c \\', 5],
      ['d', 6],
    ]);
  });

  it('takes no directive behind a comment', () => {
    expect(parse('# note', '# escape=`', 'FROM a', 'RUN b \\', 'c').stages[0]?.instructions).toHaveLength(1);
  });

  it('tells the stages and the arguments before them', () => {
    const file = parse(
      '\uFEFFARG V=1',
      'FROM --platform=$BUILDPLATFORM golang:${V} as Build',
      'RUN a',
      'FROM build',
      'COPY --from=0 /a /a',
    );
    expect(file.globalArguments.map(({ rest }) => rest)).toEqual(['V=1']);
    expect(file.stages.map(({ from, name, firstLine }) => [from, name, firstLine])).toEqual([
      ['golang:${V}', 'build', 2],
      ['build', undefined, 4],
    ]);
    expect(file.stages[1]?.instructions[0]?.source).toBe('COPY --from=0 /a /a');
  });

  it('keeps the lines of an instruction as they stand', () => {
    expect(parse('FROM a', 'RUN a \\', '  # note', '  b').stages[0]?.instructions[0]?.source).toBe(
      'RUN a \\\n  # note\n  b',
    );
  });

  it.each([
    ['nothing', '', 'the Dockerfile has no FROM'],
    ['an instruction before FROM', 'RUN a\nFROM b', 'the Dockerfile does not begin with FROM'],
    ['a heredoc without an end', 'FROM a\nRUN <<E\nb', 'the heredoc of line 2 has no end'],
    ['more than 1 MiB', `FROM a\n#${'x'.repeat(1024 * 1024)}`, 'the Dockerfile is longer than 1 MiB'],
    ['too many instructions', 'FROM a\n'.repeat(5_001), 'the Dockerfile has more than 5000 instructions'],
  ])('does not read %s', (_, text, reason) => {
    expect(parseDockerfile(text)).toEqual({ known: false, reason });
  });

  it.each([
    ['blanks', `FROM a\nRUN b${' '.repeat(500_000)}c`],
    ['marks', `FROM a\nRUN ${'\\'.repeat(500_000)}`],
    ['quotes', `FROM a\nRUN <<${'"\''.repeat(200_000)}`],
    ['continued lines', `FROM a\nRUN a${'\\\n'.repeat(400_000)}`],
    ['heredocs', `FROM a\nRUN ${'<<a '.repeat(100_000)}`],
    ['lines in a heredoc', `FROM a\nRUN <<E\n${'\n'.repeat(1_000_000)}E`],
    ['escaped quotes', `FROM a\nRUN <<a "${'\\"'.repeat(200_000)}`],
  ])('takes no long time for many %s', (_, text) => {
    const start = performance.now();
    parseDockerfile(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('gives every line to one instruction at most, in order, whatever the text', () => {
    const line = fc.constantFrom(
      'FROM a',
      'RUN a \\',
      'RUN <<E',
      'E',
      '# c',
      '',
      'USER a',
      '\\',
      'COPY <<-E /',
      '\tE',
      'x',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const file = parseDockerfile(['FROM a', ...lines].join('\n'));
        if (!file.known) return;
        const all = file.value.stages.flatMap(({ instructions }) => instructions);
        let before = 1;
        for (const { firstLine, lastLine, source } of all) {
          expect(firstLine).toBeGreaterThan(before);
          expect(lastLine).toBeGreaterThanOrEqual(firstLine);
          expect(['FROM a', ...lines].slice(firstLine - 1, lastLine).join('\n')).toBe(source);
          before = lastLine;
        }
      }),
    );
  });
});
