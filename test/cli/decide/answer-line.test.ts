import { expect, it } from 'vitest';
import { answerLine } from '../../../cli/decide/answer-line.ts';

const answer = (text: string | Buffer, number = 7) => answerLine({ number, bytes: Buffer.from(text) })?.answer;

it.each<[string, string | Buffer, object]>([
  ['what is not JSON', 'hello', { id: null, error: 'line 7: it is not JSON (one case a line was expected)' }],
  ['a line that is cut off', '{"id":"a"', { id: null, error: 'line 7: it is not JSON (one case a line was expected)' }],
  ['other bytes', Buffer.from([0x22, 0xff, 0x22]), { id: null, error: 'line 7: it is not UTF-8 text' }],
  [
    'what is no case, with its id',
    '{"id":"a"}',
    { id: 'a', error: 'line 7: family must be one of vulnerability, threat, image, and is not known' },
  ],
  [
    'a wrong word, with its id',
    '{"id":9,"family":"vulnerability","input":{"E":"poc"}}',
    { id: 9, error: 'line 7: input.E must be one of none, public poc, active, not "poc"' },
  ],
  [
    'an id that is neither text nor number',
    '{"id":{},"family":"threat","input":{}}',
    { id: null, error: 'line 7: input.sev must be a number from 0 to 10, and is not known' },
  ],
  [
    'lists in one another, half a megabyte of them',
    '['.repeat(250_000) + ']'.repeat(250_000),
    { id: null, error: 'line 7: it is a list: a case is one object a line (jq -c ".[]" makes them of a list)' },
  ],
])('names the line and the reason for %s', (_what, text, expected) => {
  expect(answer(text)).toEqual(expected);
});

it('says that a line was too long', () => {
  expect(answerLine({ number: 2, isTooLong: true })?.answer).toEqual({
    id: null,
    error: 'line 2: it is longer than 1 MB, the most that is read',
  });
});

it.each(['', '  \t', '\r', '\uFEFF'])('has no answer to the empty line %j', (text) => {
  expect(answer(text)).toBeUndefined();
});

it('takes a byte order mark before a case, and a carriage return after it', () => {
  expect(answer('\uFEFF{"id":1,"family":"threat","input":{"sev":9}}\r')).toMatchObject({ id: 1, decision: 'act' });
});

it('names what of the input did not count, also where the case is refused', () => {
  const line = '{"family":"threat","input":{"severity":8}}';
  expect(answerLine({ number: 1, bytes: Buffer.from(line) })).toEqual({
    answer: { id: null, error: 'line 1: input.sev must be a number from 0 to 10, and is not known' },
    unknown: [{ name: 'severity', family: 'threat' }],
  });
});
