/** What holds of every decision, whatever is known and whatever is not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Evidence, RuntimeContext } from '../../../shared/enrichment/enriched-finding.ts';
import { isolationOf, UNKNOWN_ISOLATION } from '../../../shared/isolation/isolation-of-runtime.ts';
import { decide } from '../../../shared/priority/decide.ts';
import { decideImageIssue } from '../../../shared/priority/decide-image-issue.ts';
import { decideVulnerability } from '../../../shared/priority/decide-vulnerability.ts';
import { OUTCOMES } from '../../../shared/priority/decision.ts';
import { MWI } from '../../../shared/priority/decision-points.ts';
import type { DecisionTerms } from '../../../shared/priority/decision-terms.ts';
import { inputsOfImageIssue } from '../../../shared/priority/inputs-of-image-issue.ts';
import { inputsOfVulnerability } from '../../../shared/priority/inputs-of-vulnerability.ts';
import { RULE_CLASSES, SEVERITIES } from '../../../shared/rules/rule.ts';
import { enrichedIssue } from '../../support/decided.ts';
import { enriched, TERMS } from '../../support/enriched.ts';
import { CHECKOUT } from '../enrichment/findings.ts';

const vectors = [
  undefined,
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  'CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:H/I:H/A:H',
  'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P',
];
const finding = fc.record({
  exploitAvailable: fc.constantFrom(undefined, true, false),
  epss: fc.constantFrom(undefined, 0, 0.5, 0.95),
  inUseCount: fc.constantFrom(undefined, 0, 2),
  packages: fc.constantFrom([{ name: 'openssl', version: '3' }], [{ name: 'runc', version: '1' }]),
  cvss: fc.constantFrom(...vectors).map((vector) => [{ version: '3.1', score: 7, ...(vector && { vector }) }]),
});
const kev: fc.Arbitrary<Evidence['kev']> = fc.constantFrom(
  unknown('never loaded'),
  known({ listed: false as const, asOf: '2026-03-02' }),
  known({
    listed: true as const,
    id: 'CVE-2024-6119',
    entry: { dateAdded: '2026-03-01', ransomware: false },
    asOf: '2026-03-02',
  }),
);
const context: fc.Arbitrary<RuntimeContext> = fc
  .record({
    runtime: fc.constantFrom('ecs-fargate' as const, 'ecs-ec2' as const, 'eks-node' as const, undefined),
    userIsRoot: fc.constantFrom(true, false, undefined),
    privileged: fc.boolean(),
  })
  .map(({ runtime, userIsRoot, privileged }) =>
    runtime === undefined
      ? { workloads: unknown('denied'), isolation: UNKNOWN_ISOLATION }
      : { workloads: known([{ ...CHECKOUT, runtime }]), isolation: isolationOf({ runtime, userIsRoot, privileged }) },
  );
const terms: fc.Arbitrary<DecisionTerms> = fc
  .record({
    mwi: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    isOpen: fc.boolean(),
    floor: fc.boolean(),
  })
  .map(({ mwi, isOpen, floor }) => ({
    ...TERMS,
    mwi: {
      possible: isOpen ? MWI.values.slice(MWI.values.indexOf(mwi)) : [mwi],
      taken: mwi,
      evidence: isOpen ? 'the policy’s default; the tags are not known' : 'the policy',
    },
    ...(floor && { floor: 'bod-26-04' as const }),
  }));

const details: fc.Arbitrary<Evidence['details']> = fc.constantFrom(
  unknown('denied'),
  known({ askedOn: '2026-03-02' }),
  known({ askedOn: '2026-03-02', exploitObserved: {} }),
);
const given = fc.tuple(finding, kev, details, context, terms).map(([one, listed, asked, place, said]) => ({
  vulnerability: enriched(one, { context: place, evidence: { kev: listed, details: asked } }),
  said,
}));
const issue = fc
  .tuple(
    fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      ruleClass: fc.constantFrom(...RULE_CLASSES),
      confirmed: fc.boolean(),
    }),
    context,
    terms,
  )
  .map(([one, place, said]) => ({ issue: enrichedIssue(one, place), said }));
const decision = fc.oneof(
  given.map(({ vulnerability, said }) => decide(vulnerability, said)),
  issue.map((one) => decide(one.issue, one.said)),
);

/** Facts as they may turn out: one of the values that each point holds possible. */
const turnedOut = given.chain(({ vulnerability, said }) => {
  const { facts, points } = inputsOfVulnerability(vulnerability, said);
  const possible = (name: string) => points.find((point) => point.name === name)?.possible ?? [];
  const oneOf = <const V extends string>(name: string, values: readonly V[]) =>
    fc.constantFrom(...values.filter((value) => possible(name).includes(value)));
  const isKnown = (name: string) => possible(name).length === 1;
  return fc
    .record({
      exploitation: oneOf('Exploitation', ['none', 'public poc', 'active']),
      kev: oneOf('In KEV', ['no', 'yes']).map((value) => value === 'yes'),
      technicalImpact: oneOf('Technical Impact', ['partial', 'total']),
      mwi: oneOf('Mission & Well-Being', ['low', 'medium', 'high']),
      exposure: oneOf('System Exposure', ['small', 'controlled', 'open']),
      inUse: oneOf('In Use', ['no', 'yes']).map((value) => value === 'yes'),
      automatable: oneOf('Automatable', ['no', 'yes']),
      automatableEvidence: isKnown('Automatable')
        ? fc.constant(facts.automatableEvidence)
        : fc.constantFrom('adp' as const, facts.automatableEvidence),
      barriers: isKnown('Isolation') ? fc.constant(facts.barriers) : fc.constantFrom(0, 2.5, 6, 9, 12),
      escape: oneOf('Container Escape', ['no', 'yes']).map((value) => value === 'yes'),
      sharedNode: isKnown('Container Escape') ? fc.constant(false) : fc.boolean(),
    })
    .map(({ barriers, ...values }) => ({
      decision: decide(vulnerability, said),
      facts: { ...facts, ...values, ...(barriers !== undefined && { barriers }) },
    }));
});

it('is never worse, whatever turns out, than the worst outcome that it names', () => {
  fc.assert(
    fc.property(turnedOut, ({ decision: { outcome, worst }, facts }) => {
      const bound = OUTCOMES.indexOf(worst?.outcome ?? outcome);
      expect(OUTCOMES.indexOf(decideVulnerability(facts).outcome)).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 3_000 },
  );
});

/** The same of what a rule says of an image. */
const issueTurnedOut = issue.chain((one) => {
  const { facts, points } = inputsOfImageIssue(one.issue, one.said);
  const possible = (name: string) => points.find((point) => point.name === name)?.possible ?? [];
  const yes = (name: string) => fc.constantFrom(...possible(name)).map((value) => value === 'yes');
  return fc
    .record({
      confirmed: yes('Confirmed'),
      vmBoundary: yes('VM Boundary'),
      inUse: yes('In Use'),
      exposure: fc.constantFrom('small' as const, 'controlled' as const, 'open' as const),
      mwi: fc.constantFrom(...MWI.values.filter((value) => possible(MWI.name).includes(value))),
      barriers: possible('Isolation').length === 1 ? fc.constant(facts.barriers) : fc.constantFrom(0, 2.5, 6, 9, 12),
    })
    .map(({ barriers, ...values }) => ({
      decision: decide(one.issue, one.said),
      facts: { ...facts, ...values, ...(barriers !== undefined && { barriers }) },
    }));
});

it('is never worse of an image itself, whatever turns out, than the worst outcome that it names', () => {
  fc.assert(
    fc.property(issueTurnedOut, ({ decision: { outcome, worst }, facts }) => {
      const bound = OUTCOMES.indexOf(worst?.outcome ?? outcome);
      expect(OUTCOMES.indexOf(decideImageIssue(facts).outcome)).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 2_000 },
  );
});

it('takes only values that are possible, and says where each is known from', () => {
  fc.assert(
    fc.property(decision, ({ points }) => {
      for (const { possible, taken, evidence } of points) {
        expect(possible.length).toBeGreaterThan(0);
        if (taken !== undefined) expect(possible).toContain(taken);
        expect(evidence).not.toBe('');
      }
    }),
  );
});

it('decides alike where the points are alike', () => {
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(decision, ({ points, outcome, score, rules }) => {
      const inputs = JSON.stringify(points);
      const answer = JSON.stringify([outcome, score, rules]);
      expect(seen.get(inputs) ?? answer).toBe(answer);
      seen.set(inputs, answer);
    }),
    { numRuns: 2_000 },
  );
});

it('names a worst outcome only where it is worse, with a fact that is not known', () => {
  fc.assert(
    fc.property(decision, ({ worst, outcome, points, unknowns }) => {
      if (worst === undefined) return;
      expect(OUTCOMES.indexOf(worst.outcome)).toBeGreaterThan(OUTCOMES.indexOf(outcome));
      expect(worst.if).not.toBe('');
      expect(points.some(({ possible }) => possible.length > 1)).toBe(true);
      expect(unknowns.length).toBeGreaterThan(0);
    }),
  );
});

it('gives every decision a reason that begins with it', () => {
  const names = { track: 'Track: ', 'track*': 'Track*: ', attend: 'Attend: ', act: 'Act: ' };
  fc.assert(fc.property(decision, ({ reason, outcome }) => reason.startsWith(names[outcome])));
});

it('never decides milder for what CISA lists', () => {
  fc.assert(
    fc.property(finding, context, terms, (one, place, said) => {
      const outcomeWith = (listed: boolean) => {
        const entry = { dateAdded: '2026-03-01', ransomware: false };
        const listing = listed
          ? ({ listed, id: 'CVE-2024-6119', entry, asOf: '2026-03-02' } as const)
          : ({ listed, asOf: '2026-03-02' } as const);
        const evidence = { kev: known(listing), details: unknown('not asked') };
        return OUTCOMES.indexOf(decide(enriched(one, { context: place, evidence }), said).outcome);
      };
      expect(outcomeWith(true)).toBeGreaterThanOrEqual(outcomeWith(false));
    }),
  );
});
