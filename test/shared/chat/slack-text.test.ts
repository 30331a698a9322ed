import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackCode, slackList, slackPlain, slackText } from '../../../shared/chat/slack-text.ts';

/** What an attacker may write into a package name, an image name or a finding's text. */
const HOSTILE = [
  ['a mention of everyone', '<!channel>', '&lt;!channel&gt;', '`&lt;!channel&gt;`'],
  ['a mention of a person', '<@U1>', '&lt;@U1&gt;', '`&lt;@U1&gt;`'],
  ['a false link', '<https://evil.example|ok>', '&lt;https://evil.example|ok&gt;', '`&lt;https://evil.example|ok&gt;`'],
  ['an escaped mention', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;', '`&amp;lt;!here&amp;gt;`'],
  ['bold, italic and struck', '*a* _b_ ~c~', '∗a∗ ˍbˍ ∼c∼', '`*a* _b_ ~c~`'],
  ['code', '`rm -rf`', 'ˋrm -rfˋ', '`ˋrm -rfˋ`'],
  ['a right-to-left override', 'a\u202Eb', 'ab', '`ab`'],
  ['a zero-width space', 'op\u200Ben', 'open', '`open`'],
  ['colours', '\u001B[31mred\u001B[0m', 'red', '`red`'],
  ['a second line', 'one\n> two', 'one &gt; two', '`one &gt; two`'],
  ['nothing', '', '', '`–`'],
] as const;

describe('foreign text', () => {
  it.each(HOSTILE)('%s is harmless', (_case, text, running, code) => {
    expect(slackText(text, 100)).toBe(running);
    expect(slackCode(text, 100)).toBe(code);
  });

  it('is never cut inside an entity', () => {
    expect(slackText('ab&cd', 7)).toBe('ab…');
    expect(slackText('ab&cdef', 9)).toBe('ab&amp;c…');
    expect(slackPlain('<<<', 9)).toBe('&lt;&lt;…');
  });

  it('is always escaped, short enough and well formed', () => {
    const unit = fc.constantFrom('&', '<', '>', '`', '*', '_', '~', '🐳', '\uD800', '\n', '\u202E', 'a', ' ', '関');
    const text = fc.string({ unit, maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 60 }), (foreign, max) => {
        for (const render of [slackText, slackCode, slackPlain]) {
          const rendered = render(foreign, max);
          expect(rendered.length).toBeLessThanOrEqual(max);
          expect(rendered.isWellFormed()).toBe(true);
          expect(rendered).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
        }
        expect(slackText(foreign, max)).not.toMatch(/[*_~`]/);
        expect(slackCode(foreign, max)).toMatch(/^`[^`\n]+`$/);
      }),
    );
  });
});

it.each([
  ['nothing', [], ''],
  ['one', ['a'], '`a`'],
  ['five', ['a', 'b', 'c', 'd', 'e'], '`a`, `b`, `c`, `d`, `e`'],
  ['the first five of seven', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], '`a`, `b`, `c`, `d`, `e` and 2 more'],
])('lists %s', (_case, texts, list) => {
  expect(slackList(texts, 100)).toBe(list);
});
