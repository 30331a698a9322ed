import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../shared/rules/evaluate.ts';
import type { Evidence, Rule, Verdict } from '../../../shared/rules/rule.ts';

const TOKEN = ['ghp', 'Zx81Kq02Lm93Np74Rs65Tu56Vw47Xy38Ab29'].join('_');

const ruleThat = (check: (subject: string) => Verdict): Rule<string> => ({
  id: 'IMG-999',
  title: 'The subject is bad',
  rationale: 'Bad subjects are bad.',
  severity: 'LOW',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: [], others: [] },
  remediation: 'Take a better one.',
  examples: { good: [{ title: 'good', subject: 'good' }], bad: [{ title: 'bad', subject: 'bad' }] },
  check,
});

const seen = (text: string, origin: Evidence['origin'] = 'app'): Evidence => ({ text, origin });
const told = (verdict: Verdict) =>
  evaluate(
    ruleThat(() => verdict),
    'any',
  );

describe('what a rule says', () => {
  it('is told as it is where it passes', () => {
    expect(told({ verdict: 'pass' })).toEqual({
      rule: 'IMG-999',
      verdict: 'pass',
      severity: 'LOW',
      class: 'hygiene',
      confirmed: true,
      origin: 'unknown',
      evidence: [],
      evidenceLeftOut: 0,
    });
  });

  it('has the severity and the certainty of the case where the case has its own', () => {
    const failed = told({ verdict: 'fail', evidence: [seen('a')], severity: 'HIGH', confirmed: false });
    expect(failed).toMatchObject({ verdict: 'fail', severity: 'HIGH', confirmed: false });
  });

  it('has the severity and the certainty of the rule where the case has none', () => {
    expect(told({ verdict: 'fail', evidence: [seen('a')] })).toMatchObject({ severity: 'LOW', confirmed: true });
  });

  it('says what is missing where it does not know', () => {
    expect(told({ verdict: 'unknown', missing: 'a layer was not read' })).toMatchObject({
      verdict: 'unknown',
      because: 'a layer was not read',
    });
  });

  it('says why where it does not apply', () => {
    expect(told({ verdict: 'not-applicable', because: 'there is no base' })).toMatchObject({
      verdict: 'not-applicable',
      because: 'there is no base',
    });
  });
});

describe('a rule that throws', () => {
  it('does not know, and names the kind of error but not its message', () => {
    const rule = ruleThat(() => {
      throw new RangeError(TOKEN);
    });
    expect(evaluate(rule, 'any')).toMatchObject({ verdict: 'unknown', because: 'the rule failed: RangeError' });
  });

  it('does not know either where what it throws is no error', () => {
    const rule = ruleThat(() => {
      throw TOKEN;
    });
    expect(evaluate(rule, 'any')).toMatchObject({ verdict: 'unknown', because: 'the rule failed: string' });
  });
});

describe('the origin', () => {
  it.each<[string, readonly [Evidence, ...Evidence[]], string]>([
    ['is the app’s where all is', [seen('a', 'app')], 'app'],
    ['is the app’s where any is', [seen('a', 'base'), seen('b', 'unknown'), seen('c', 'app')], 'app'],
    ['is the base image’s where all is', [seen('a', 'base'), seen('b', 'base')], 'base'],
    ['is unknown where some is unknown and none the app’s', [seen('a', 'base'), seen('b', 'unknown')], 'unknown'],
  ])('%s', (_, evidence, origin) => {
    expect(told({ verdict: 'fail', evidence }).origin).toBe(origin);
  });

  it('counts what is left out', () => {
    const base = Array.from({ length: 30 }, () => seen('x', 'base'));
    expect(told({ verdict: 'fail', evidence: [seen('x', 'base'), ...base, seen('y', 'app')] }).origin).toBe('app');
  });
});

describe('the evidence', () => {
  it('is at most ten, the first ones, with the number of the others', () => {
    const more = Array.from({ length: 11 }, (_, index) => seen(`file ${index + 2}`));
    const { evidence, evidenceLeftOut } = told({ verdict: 'fail', evidence: [seen('file 1'), ...more] });
    expect(evidence.map(({ text }) => text)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `file ${number}`));
    expect(evidenceLeftOut).toBe(2);
  });

  it('keeps where it was seen', () => {
    const whole: Evidence = { text: 'a', origin: 'app', instruction: 3, path: 'etc/passwd' };
    expect(told({ verdict: 'fail', evidence: [whole] }).evidence).toEqual([whole]);
  });

  it.each<[string, string, string]>([
    ['a token', `found ${TOKEN} there`, 'found [redacted] there'],
    [
      'a token with invisible characters in it',
      `found ${TOKEN.slice(0, 9)}\u200b${TOKEN.slice(9)}`,
      'found [redacted]',
    ],
    ['a password by its name', 'ENV DB_PASSWORD=hunter22x', 'ENV DB_PASSWORD=[redacted]'],
    ['control characters', 'a\u001b[31mb\nc', 'ab c'],
  ])('does not show %s', (_, text, expected) => {
    expect(told({ verdict: 'fail', evidence: [seen(text)] }).evidence[0]?.text).toBe(expected);
  });

  it('does not show the half of a token that is left where a text is cut', () => {
    const { evidence } = told({ verdict: 'fail', evidence: [seen(`${'x '.repeat(140)}${TOKEN}`)] });
    expect(evidence[0]?.text).not.toContain('ghp_');
    expect(evidence[0]?.text.length).toBeLessThanOrEqual(300);
  });

  it('has no token in a path either', () => {
    const [shown] = told({ verdict: 'fail', evidence: [{ ...seen('a'), path: `srv/${TOKEN}` }] }).evidence;
    expect(shown?.path).toBe('srv/[redacted]');
  });
});
