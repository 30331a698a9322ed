import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../shared/dockerfile/parse-dockerfile.ts';
import { shownText, wholeText } from '../../../shared/dockerfile/written-text.ts';
import { anyToken, secretPart } from '../base/tokens.ts';

const instructionsOf = (text: string) => {
  const file = parseDockerfile(`FROM scratch\n${text}`);
  return file.known ? (file.value.stages[0]?.instructions ?? []) : [];
};
const only = (text: string) => {
  const [instruction, ...more] = instructionsOf(text);
  if (instruction === undefined || more.length > 0) throw new Error('it is not one instruction');
  return instruction;
};

describe('shownText', () => {
  it.each([
    ['an instruction', 'run make all'],
    ['continued lines with comments', 'RUN a \\\n  # why\n  && b'],
    ['a heredoc', 'RUN <<EOF\n  a\nEOF'],
    ['what only refers to a secret', 'RUN --mount=type=secret,id=TOKEN TOKEN=$(cat /run/secrets/TOKEN) make'],
  ])('leaves %s as it stands', (_, text) => {
    expect(shownText(only(text))).toBe(text);
  });

  it.each([
    ['a secret', 'ENV A=1 \\\n  DB_PASSWORD=hunter2', 'ENV A=1 DB_PASSWORD=[redacted]'],
    ['a secret in the old form', 'ENV DB_PASSWORD hunter2 and more', 'ENV DB_PASSWORD=[redacted]'],
    [
      'a secret on the next line',
      'RUN docker login -p \\\n  hunter2 x.example',
      'RUN docker login -p [redacted] x.example',
    ],
    ['a secret in a comment', 'RUN a \\\n  # DB_PASSWORD=hunter2\n  && b', 'RUN a && b'],
    ['a secret in a heredoc', 'COPY <<E /x\nDB_PASSWORD=hunter2\nE', 'COPY <<E /x\nDB_PASSWORD=[redacted]\nE'],
  ])('hides %s', (_, text, shown) => {
    expect(shownText(only(text))).toBe(shown);
  });

  it('does not let a hidden character split an instruction in two', () => {
    const text = 'RUN a \\\u200b\\\nUSER 10001';
    expect(shownText(only(text))).toBe('RUN a \\USER 10001');
  });

  it('lets no token of a known make through, wherever it is written', () => {
    const place = fc.constantFrom(
      (token: string) => `ARG A=${token}`,
      (token: string) => `ENV A=1 \\\n  B="${token}"`,
      (token: string) => `RUN fetch ${token} \\\n  && make`,
      (token: string) => `RUN a \\\n# ${token}\n  b`,
      (token: string) => `COPY <<E /x\n${token}\nE`,
      (token: string) => `LABEL note="use ${token}"`,
    );
    fc.assert(
      fc.property(anyToken, place, (token, write) => {
        for (const instruction of instructionsOf(write(token)))
          expect(shownText(instruction)).not.toContain(secretPart(token));
      }),
    );
  });

  it('prints no control characters but line breaks, and reads as one instruction, whatever the Dockerfile', () => {
    const piece = fc.constantFrom(
      'RUN ',
      'ENV a=b ',
      '\\\n',
      '\n',
      '# c\n',
      '<<E',
      '\nE\n',
      '\u200b',
      '\u001b[1m',
      '\r',
      'x',
      ' ',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        for (const instruction of instructionsOf(pieces.join(''))) {
          const shown = shownText(instruction);
          expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
          expect(instructionsOf(shown).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('wholeText', () => {
  it('is on one line, with its secrets, flags and heredocs, and without comments', () => {
    expect(wholeText(only('RUN --mount=type=cache,target=/c \\\n  # why\n  login -p hunter2'))).toBe(
      'RUN --mount=type=cache,target=/c login -p hunter2',
    );
    expect(wholeText(only('ENV TOKEN hunter2'))).toBe('ENV TOKEN=hunter2');
    expect(wholeText(only('RUN <<E\n  a\nE'))).toBe('RUN <<E\n  a\nE');
  });
});
