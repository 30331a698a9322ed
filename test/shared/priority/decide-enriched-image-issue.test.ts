import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import type { RuntimeContext } from '../../../shared/enrichment/enriched-finding.ts';
import type { ImageIssue } from '../../../shared/finding/finding.ts';
import { decide } from '../../../shared/priority/decide.ts';
import { enrichedIssue } from '../../support/decided.ts';
import { TERMS } from '../../support/enriched.ts';
import { CHECKOUT, NOWHERE, ON_FARGATE, UNSEEN } from '../enrichment/findings.ts';

const node = (total: number): RuntimeContext => ({
  workloads: known([{ ...CHECKOUT, runtime: 'eks-node' }]),
  isolation: {
    ...ON_FARGATE.isolation,
    runtime: 'eks-node',
    total,
    class: total <= 2.5 ? 'weak' : 'moderate',
    vmBoundary: false,
    remaining: ['NS'],
  },
});

const SECRET: Partial<ImageIssue> = { rule: 'IMG-010', ruleClass: 'secret', severity: 'CRITICAL' };
const ATTACK: Partial<ImageIssue> = { rule: 'IMG-028', ruleClass: 'runtime-attack', severity: 'CRITICAL' };
const HYGIENE: Partial<ImageIssue> = { rule: 'IMG-055', ruleClass: 'hygiene', severity: 'INFO' };

describe('what a rule says of an image', () => {
  it('is decided with everything that went in', () => {
    expect(decide(enrichedIssue(), TERMS)).toEqual({
      outcome: 'track*',
      score: 61,
      label: 'MEDIUM',
      base: 'track*',
      rules: [],
      factors: { severity: 30, confidence: 15, isolation: 5, exposure: 10, asset: 6, inUse: 5 },
      raw: 71,
      scheme: 'image-v1',
      reason: 'Track*: rule IMG-001 rates it HIGH; runs on ECS Fargate (VM boundary)',
      unknowns: ['exposure is not known'],
      points: [
        { name: 'Rule Severity', possible: ['HIGH'], taken: 'HIGH', evidence: 'rule IMG-001' },
        { name: 'Rule Class', possible: ['privilege'], taken: 'privilege', evidence: 'rule IMG-001' },
        { name: 'Confirmed', possible: ['yes'], taken: 'yes', evidence: 'rule IMG-001 saw it' },
        { name: 'Mission & Well-Being', possible: ['medium'], taken: 'medium', evidence: 'the policy’s default' },
        {
          name: 'System Exposure',
          possible: ['small', 'controlled', 'open'],
          evidence: 'load balancers and public addresses are not read',
        },
        {
          name: 'Isolation',
          possible: ['moderate'],
          taken: 'moderate',
          evidence: 'ECS Fargate, 8 of 12: CAPS, SECCOMP, NS, FS, HOSTOS, VM',
        },
        { name: 'VM Boundary', possible: ['yes'], taken: 'yes', evidence: 'ECS Fargate' },
        { name: 'In Use', possible: ['yes'], taken: 'yes', evidence: '1 workload runs it' },
      ],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
      due: { on: '2026-04-30', because: '60 days by the policy, from 2026-03-01, when it was first observed' },
      references: [
        { standard: 'NIST SP 800-190', id: '3.1.2', title: 'Image configuration defects' },
        { standard: 'NIST SP 800-190', id: '4.1.2', title: 'Image configuration defects' },
        {
          standard: 'CIS Docker Benchmark',
          id: '4.1',
          title: 'Ensure a user for the container has been created',
        },
      ],
      fix: {
        kind: 'change-image',
        text: 'Create a user and name it in a USER instruction at the end.',
        instruction: { position: 7, text: 'USER root', origin: 'app', line: 12 },
      },
    });
  });

  it.each<[string, Partial<ImageIssue>, RuntimeContext, string, string, readonly string[], string]>([
    [
      'a secret on Fargate',
      SECRET,
      ON_FARGATE,
      'attend',
      'HIGH',
      [],
      'Attend: rule IMG-010 rates it CRITICAL; runs on ECS Fargate (VM boundary)',
    ],
    [
      'root in a place where little isolates it',
      {},
      node(1),
      'attend',
      'HIGH',
      ['I2'],
      'Attend: rule IMG-001 rates it HIGH; runs on an EKS node (weak isolation); raised because little stands between the container and its host',
    ],
    [
      'a missing health check that nothing is known to run',
      HYGIENE,
      NOWHERE,
      'track',
      'LOW',
      [],
      'Track: rule IMG-055 rates it INFO; no workload is known to run it',
    ],
    [
      'an attack on the runtime of a node',
      ATTACK,
      node(3),
      'act',
      'CRITICAL',
      ['I1'],
      'Act: rule IMG-028 rates it CRITICAL; runs on an EKS node (kernel shared with the host); it attacks the runtime, and no VM boundary is known to contain it',
    ],
    [
      'an attack on the runtime behind a VM boundary',
      ATTACK,
      ON_FARGATE,
      'attend',
      'HIGH',
      [],
      'Attend: rule IMG-028 rates it CRITICAL; runs on ECS Fargate (VM boundary)',
    ],
    [
      'a guess',
      { ...SECRET, confirmed: false },
      UNSEEN,
      'track*',
      'MEDIUM',
      [],
      'Track*: rule IMG-010 rates it CRITICAL, and only guesses; where it runs is not known',
    ],
  ])('%s', (_case, finding, context, outcome, label, rules, reason) => {
    const decision = decide(enrichedIssue(finding, context), TERMS);
    expect([decision.outcome, decision.label, decision.rules, decision.reason]).toEqual([
      outcome,
      label,
      rules,
      reason,
    ]);
  });

  it('reads an empty list of workloads as silence, not as unused', () => {
    const { points, outcome } = decide(enrichedIssue({}, NOWHERE), TERMS);
    expect(outcome).toBe('track*');
    expect(points.at(-1)).toEqual({
      name: 'In Use',
      possible: ['no', 'yes'],
      evidence: 'no workload of this account is known to run it; others may',
    });
  });

  it('says what is not known, and the worst that it allows', () => {
    const { unknowns, worst } = decide(enrichedIssue({ confirmed: false }, UNSEEN), TERMS);
    expect(unknowns).toEqual([
      'the rule only guesses (would be Track* if it is as the rule guesses)',
      'exposure is not known',
      'isolation is not known',
      'whether anything runs it is not known',
      'where it runs is not known: the lookup was denied',
    ]);
    expect(worst).toEqual({
      outcome: 'attend',
      if: 'it is as the rule guesses, and nothing isolates it, and something runs it',
    });
  });

  it('says how much depends on the workload where that is known', () => {
    const terms = { ...TERMS, mwi: { possible: ['high'], taken: 'high', evidence: 'policy rule payments' } } as const;
    expect(decide(enrichedIssue(), terms).reason).toContain('; much depends on the workload; ');
  });

  it('names the place that could not be read without its full stop', () => {
    const context = { ...UNSEEN, workloads: unknown('Listing was denied.') };
    expect(decide(enrichedIssue({}, context), TERMS).unknowns.at(-1)).toBe(
      'where it runs is not known: Listing was denied',
    );
  });
});
