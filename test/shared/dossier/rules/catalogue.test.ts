import { describe, expect, it } from 'vitest';
import { IMAGE_RULES } from '../../../../shared/dossier/rules/catalogue.ts';
import { EXAMPLE_PASSWORD, EXAMPLE_TOKEN, exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const bad = IMAGE_RULES.flatMap((rule) =>
  rule.examples.bad.map((example) => ({ ...example, name: `${rule.id}, ${example.title}`, rule })),
);
const good = IMAGE_RULES.flatMap((rule) =>
  rule.examples.good.map((example) => ({ ...example, name: `${rule.id}, ${example.title}`, rule })),
);

describe('the catalogue', () => {
  it('has ids of one form, each once, in their order', () => {
    const ids = IMAGE_RULES.map(({ id }) => id);
    expect(ids.filter((id) => !/^IMG-\d{3}$/.test(id))).toEqual([]);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it('has every rule from IMG-001 to IMG-035 that is defined', () => {
    const ids = new Set(IMAGE_RULES.map(({ id }) => id));
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 26, 27, 28];
    const expected = [...numbers, 29, 30, 31, 32, 33, 34, 35].map((number) => `IMG-${String(number).padStart(3, '0')}`);
    expect(expected.filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each(IMAGE_RULES)('$id says what is wrong, why, what to do, and where that is written', (rule) => {
    for (const text of [rule.title, rule.rationale, rule.remediation]) expect(text.trim().length).toBeGreaterThan(15);
    expect(rule.title).not.toMatch(/[.!]$/);
    expect(rule.rationale).toMatch(/\.$/);
    expect(rule.remediation).toMatch(/\.$/);
    const { nist, cis, others } = rule.references;
    expect([...nist, ...cis, ...others].length).toBeGreaterThan(0);
  });

  it.each(bad)('fails where it should: $name', ({ rule, subject, severity }) => {
    const { verdict, severity: told } = evaluate(rule, subject);
    expect({ verdict, severity: told }).toEqual({ verdict: 'fail', severity: severity ?? rule.severity });
  });

  it.each(good)('does not fail where it should not: $name', ({ rule, subject }) => {
    expect(['pass', 'not-applicable']).toContain(evaluate(rule, subject).verdict);
  });

  it.each([...bad, ...good])('tells nothing of a secret: $name', ({ rule, subject }) => {
    const told = JSON.stringify(rule.check(subject)) + JSON.stringify(evaluate(rule, subject));
    for (const secret of [EXAMPLE_TOKEN, EXAMPLE_PASSWORD])
      for (let at = 0; at + 6 <= secret.length; at += 1) expect(told).not.toContain(secret.slice(at, at + 6));
  });

  it.each(bad)('redacts none of our own words: $name', ({ rule, subject }) => {
    const holdsSecret = [EXAMPLE_TOKEN, EXAMPLE_PASSWORD].some((secret) => JSON.stringify(subject).includes(secret));
    const texts = evaluate(rule, subject).evidence.map(({ text }) => text);
    expect(holdsSecret ? [] : texts.filter((text) => text.includes('[redacted]'))).toEqual([]);
  });

  it.each(IMAGE_RULES)('$id does not fail the ordinary image', (rule) => {
    expect(evaluate(rule, exampleImage()).verdict).not.toBe('fail');
  });
});
