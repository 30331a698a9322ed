import { describe, expect, it } from 'vitest';
import { slackText } from '../../cli/slack-text.ts';

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });

describe('a Slack message as text', () => {
  it.each<[string, unknown, string]>([
    ['a message with text alone', { text: 'hello' }, 'hello'],
    ['a header', { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Attend' } }] }, '■ Attend'],
    ['a section', { blocks: [{ type: 'section', text: mrkdwn('one') }] }, 'one'],
    ['fields of a section', { blocks: [{ type: 'section', fields: [mrkdwn('one'), mrkdwn('two')] }] }, 'one\ntwo'],
    ['a context', { blocks: [{ type: 'context', elements: [mrkdwn('one'), mrkdwn('two')] }] }, 'one\ntwo'],
    [
      'rich text',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'a ' },
                  { type: 'text', text: 'b' },
                ],
              },
            ],
          },
        ],
      },
      'a b',
    ],
    [
      'blocks before text, and no line for a divider',
      {
        text: 'fallback',
        blocks: [
          { type: 'section', text: mrkdwn('one') },
          { type: 'divider' },
          { type: 'section', text: mrkdwn('two') },
        ],
      },
      'one\ntwo',
    ],
    ['the three escapes, once', { text: '&lt;b&gt; &amp;amp; &amp;lt;' }, '<b> &amp; &lt;'],
    ['a block of an unknown type', { blocks: [{ type: 'image', image_url: 'x' }] }, ''],
  ])('has %s', (_title, body, expected) => {
    expect(slackText(body)).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a number', 5],
    ['an object without text', {}],
    ['a text that is no text', { text: 5 }],
    ['blocks that are no blocks', { blocks: [null, 'x', 5] }],
  ])('is empty for %s', (_title, body) => {
    expect(slackText(body)).toBe('');
  });
});
