/** What holds of every finding of our own rules on its whole way, whatever an image makes a rule quote. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explainedFromDecided } from '../../../shared/alerts/explained-from-decided.ts';
import { groupedFinding } from '../../../shared/alerts/grouped-finding.ts';
import { asffFromDecided } from '../../../shared/asff/asff-from-decided.ts';
import { messageFromGroup } from '../../../shared/chat/message-from-group.ts';
import { renderSlack } from '../../../shared/chat/render-slack.ts';
import type { ImageIssue } from '../../../shared/finding/finding.ts';
import { decideByPolicy } from '../../../shared/pipeline/decide-by-policy.ts';
import { parseDecidedFinding } from '../../../shared/pipeline/parse-decided-finding.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { OUTCOMES } from '../../../shared/priority/decision.ts';
import { RULE_CLASSES, SEVERITIES } from '../../../shared/rules/rule.ts';
import { enrichedIssue } from '../../support/decided.ts';
import { NOWHERE, ON_FARGATE, UNSEEN } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const HUB = { account: '999988887777', region: 'eu-west-1', partition: 'aws' };
const TELLING = { ...BUILT_IN_POLICY, thresholds: { ...BUILT_IN_POLICY.thresholds, image: 'track' as const } };

/** Kinds that are found wherever they stand in a text. */
const SECRETS = [
  `ghp_${'aB3'.repeat(12)}`,
  'AKIAIOSFODNN7EXAMPLQ',
  'https://user:hunter2hunter2@example.com/',
  'DB_PASSWORD=hunter2hunter2',
] as const;
const PARTS = [/ghp_/, /AKIAIO/, /hunter2/];

const text = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('', 'ENV ', 'RUN curl ', '\u0000', '<!channel> *x* `', 'x'.repeat(5_000)),
      fc.string({ unit: 'binary' }),
    ),
    fc.constantFrom('', ...SECRETS),
  )
  .map(([before, secret]) => (secret === '' ? before : `${before} ${secret}`));

const issue: fc.Arbitrary<Partial<ImageIssue>> = fc.record({
  rule: fc.constantFrom('IMG-001', 'IMG-060'),
  ruleClass: fc.constantFrom(...RULE_CLASSES),
  severity: fc.constantFrom(...SEVERITIES),
  confirmed: fc.boolean(),
  origin: fc.constantFrom('base', 'app', 'unknown'),
  status: fc.constantFrom('active', 'closed'),
  evidence: fc.array(fc.record({ text, origin: fc.constant('app' as const), path: text }), { maxLength: 14 }),
  instruction: fc.record({ position: fc.nat(), text, origin: fc.constant('app' as const), line: fc.nat() }),
});
const enriched = fc
  .tuple(issue, fc.constantFrom(ON_FARGATE, NOWHERE, UNSEEN))
  .map(([one, context]) => enrichedIssue(one, context));

it('is decided, the same every time, and travels as it is', () => {
  fc.assert(
    fc.property(enriched, (one) => {
      const decided = decideByPolicy(one, BUILT_IN_POLICY, NOW);
      expect(OUTCOMES).toContain(decided.decision.outcome);
      expect(decideByPolicy(one, BUILT_IN_POLICY, NOW)).toEqual(decided);
      expect(parseDecidedFinding(JSON.stringify(decided))).toEqual(JSON.parse(JSON.stringify(decided)));
    }),
  );
});

it('opens a message by itself only from Attend on', () => {
  fc.assert(
    fc.property(enriched, (one) => {
      const { decision, handling } = decideByPolicy(one, BUILT_IN_POLICY, NOW);
      expect(handling.destinations.length > 0).toBe(decision.outcome === 'attend' || decision.outcome === 'act');
    }),
  );
});

it('carries no part of a secret anywhere', () => {
  fc.assert(
    fc.property(enriched, (one) => {
      const decided = decideByPolicy(one, TELLING, NOW);
      const message = messageFromGroup([groupedFinding(decided)]);
      const sinks = [
        decided,
        asffFromDecided(decided, HUB, NOW.toISOString()),
        groupedFinding(decided),
        explainedFromDecided(decided),
        message && renderSlack(message),
      ];
      for (const sink of sinks) for (const part of PARTS) expect(JSON.stringify(sink) ?? '').not.toMatch(part);
    }),
    { numRuns: 200 },
  );
});

it('is rendered inside the limits of Security Hub and Slack', () => {
  fc.assert(
    fc.property(enriched, (one) => {
      const decided = decideByPolicy(one, TELLING, NOW);
      const { Title, Description, Remediation, GeneratorId } = asffFromDecided(decided, HUB, NOW.toISOString());
      expect(Title.length).toBeLessThanOrEqual(256);
      expect(Description.length).toBeLessThanOrEqual(1_024);
      expect(Remediation?.Recommendation.Text?.length).toBeLessThanOrEqual(512);
      expect(GeneratorId).toMatch(/^sekisho\/image\/IMG-0\d\d$/);
      const message = messageFromGroup([groupedFinding(decided)]);
      if (message) expect(JSON.stringify(renderSlack(message)).length).toBeLessThan(12_000);
    }),
  );
});
