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

  it('has every rule that is defined, and no other', () => {
    const identity = ['001', '002', '003', '004', '005', '006', '007', '008', '009'];
    const secrets = ['010', '011', '012', '013', '014', '015'];
    const supplyChain = ['020', '021', '022', '023', '024', '025', '026', '027', '028', '029', '030', '031', '032'];
    const more = ['033', '034', '035'];
    const surface = ['040', '041', '042', '043', '044', '045', '046', '047', '048', '049', '050', '051', '052', '053'];
    const hygiene = ['054', '055', '056', '057', '058', '059', '060'];
    const defined = [identity, secrets, supplyChain, more, surface, hygiene].flat();
    expect(IMAGE_RULES.map(({ id }) => id)).toEqual(defined.map((number) => `IMG-${number}`));
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
