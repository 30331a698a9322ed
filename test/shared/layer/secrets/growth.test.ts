/** The form and the proof of every detector, and the syntax of every credential file, on runs of what their patterns repeat. */
import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FILES } from '../../../../shared/layer/secrets/secret-files.ts';
import { DETECTORS } from '../../../../shared/layer/secrets/secret-kinds.ts';

/** What patterns repeat. */
const UNITS = [
  ' ',
  '\n',
  '\r',
  '\t',
  '\\',
  '"',
  "'",
  '=',
  '-',
  ':',
  '/',
  '.',
  'a',
  'A',
  '0',
  '_',
  '<',
  '\\n',
  '\n=',
  '" ',
  'a.',
  'a:',
  '%41',
];
/** Quadratic work on fifteen times the length takes 225 times as long; the longest body of a form has 16,000 characters. */
const [SHORT, LONG] = [1_000, 15_000];
/** Below it, a clock says nothing of growth: a single pass over the long text takes a tenth of it. */
const NOISE_MS = 6;

const cpuOf = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1_000;
};

/** Of processor time; of several attempts the least, because others use the machine too. */
const growth = (work: (length: number) => void): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const long = cpuOf(() => work(LONG));
    if (long < NOISE_MS) return 1;
    const short = Math.max(
      0.1,
      cpuOf(() => work(SHORT)),
    );
    least = Math.min(least, long / short);
  }
  return least;
};

/** The heads and ends between which a form takes whatever there is. */
const FRAMES: readonly (readonly [string, string])[] = [
  ['-----BEGIN PRIVATE KEY-----', '!-----END'],
  ['-----BEGIN PGP PRIVATE KEY BLOCK-----\nAAAA', '\nAAAA!-----END'],
  ['postgres://a:', '@b'],
  ['AccountKey=', '='],
  ['"auths" "auth": "', '"'],
  ['TWILIO_AUTH_TOKEN', '0'],
  ['aws_secret_access_key', 'A'],
  ['AKIAQYLPMN5HHHFPZAM2', ' '],
  ['//r.test/:_authToken', ' '],
];

const detectorsOver = (text: string): void => {
  // As the scan does it: at every place of the anchor.
  for (const { anchors, before = 0, form, secretsIn } of DETECTORS)
    for (const anchor of new Set(anchors.slice(0, 3)))
      for (let at = text.indexOf(anchor); at >= 0; at = text.indexOf(anchor, at + 1)) {
        form.lastIndex = Math.max(0, at - before);
        const match = form.exec(text);
        if (match) secretsIn({ text, start: match.index, match, path: 'app/a' });
      }
};

describe('the work of the detectors', () => {
  it.each(UNITS)('grows no faster than what they read: %j', (unit) => {
    const run = (length: number): string => unit.repeat(Math.ceil(length / unit.length));
    for (const [head, end] of FRAMES)
      expect({ head, grew: growth((length) => detectorsOver(head + run(length) + end)) }).toMatchObject({
        grew: expect.toSatisfy((times: number) => times < 60),
      });
  });
});

describe('the work of the credential files', () => {
  it.each(UNITS)('grows no faster than what they read: %j', (unit) => {
    for (const { recognised, secretsIn } of CREDENTIAL_FILES)
      for (const head of ['', 'password ', '_authToken=', 'a:1:1:1:', 'A_PASSWORD="', '<password>']) {
        const work = (length: number) => secretsIn(head + unit.repeat(length / unit.length));
        expect({ recognised, grew: growth(work) }).toMatchObject({
          grew: expect.toSatisfy((times: number) => times < 60),
        });
      }
  });
});
