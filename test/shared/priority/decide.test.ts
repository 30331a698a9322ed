import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { enrichThreat } from '../../../shared/enrichment/enrich-threat.ts';
import { enrichVulnerability } from '../../../shared/enrichment/enrich-vulnerability.ts';
import type { RuntimeContext } from '../../../shared/enrichment/enriched-finding.ts';
import { decide } from '../../../shared/priority/decide.ts';
import { DOSSIER, IMAGE, NOWHERE, ON_FARGATE, THREAT, UNSEEN, VULNERABILITY } from '../enrichment/findings.ts';

const TAKEOVER = {
  ...VULNERABILITY,
  exploitAvailable: true,
  cvss: [{ version: '4.0', score: 9.3, vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A' }],
};

const ON_WEAK_NODE: RuntimeContext = {
  workloads: ON_FARGATE.workloads,
  isolation: {
    ...ON_FARGATE.isolation,
    runtime: 'ecs-ec2',
    total: 2,
    class: 'weak',
    vmBoundary: false,
    remaining: ['NS'],
  },
};

describe('decide', () => {
  it('tracks an ordinary denial of service, with the reason in one sentence', () => {
    expect(decide(enrichVulnerability(VULNERABILITY, known(DOSSIER), ON_FARGATE))).toEqual({
      outcome: 'track',
      score: 17,
      label: 'LOW',
      base: 'track',
      rules: [],
      factors: { severity: 19, exploitation: 0, epss: 1, exposure: 10, isolation: 5, asset: 6 },
      raw: 41,
      scheme: 'vulnerability-v1+cisa-coordinator-2.0.3',
      reason:
        'Track: no exploit is known, it gives only partial control; by its CVSS vector it could be automated, which by itself counts only once an exploit is known; runs on ECS Fargate (VM boundary)',
      unknowns: [
        'exposure is not known',
        "CISA's catalogue of known exploited vulnerabilities was not consulted (would be Attend if it is listed)",
      ],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
    });
  });

  it.each([
    [
      'an exploited takeover',
      TAKEOVER,
      ON_FARGATE,
      'act',
      3,
      'Act: it is exploited in the wild, it can be automated and gives total control; runs on ECS Fargate (VM boundary)',
    ],
    [
      'a takeover with a public exploit in a weak place',
      { ...TAKEOVER, cvss: [{ version: '3.1', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] },
      ON_WEAK_NODE,
      'attend',
      14,
      'Attend: a public exploit exists, it can be automated and gives total control; runs on ECS on EC2 (weak isolation); raised because little stands between the container and its host',
    ],
    [
      'a local takeover with a public exploit that nothing is known to run',
      { ...TAKEOVER, cvss: [{ version: '3.1', score: 7.8, vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' }] },
      NOWHERE,
      'track*',
      60,
      'Track*: a public exploit exists, it cannot be automated but gives total control; no workload is known to run it',
    ],
    [
      'a takeover that its vector calls automatable, without an exploit',
      {
        ...TAKEOVER,
        exploitAvailable: false,
        cvss: [{ version: '3.1', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      },
      NOWHERE,
      'track',
      undefined,
      'Track: no exploit is known, it gives total control; by its CVSS vector it could be automated, which by itself counts only once an exploit is known; no workload is known to run it',
    ],
    [
      'a vulnerability without a vector in an unseen place',
      { ...TAKEOVER, exploitAvailable: false, cvss: [] },
      UNSEEN,
      'track',
      undefined,
      'Track: no exploit is known, without a CVSS vector the worst impact is assumed; where it runs is not known',
    ],
  ])('%s', (_case, finding, context, outcome, dueInDays, reason) => {
    const decision = decide(enrichVulnerability(finding, known(DOSSIER), context));
    expect([decision.outcome, decision.dueInDays, decision.reason]).toEqual([outcome, dueInDays, reason]);
  });

  it('names what is unknown, and what it could make of the decision', () => {
    const { epss: _epss, ...finding } = { ...TAKEOVER, cvss: [] };
    expect(decide(enrichVulnerability(finding, unknown('the registry has no such image'), UNSEEN)).unknowns).toEqual([
      'exposure is not known (would be Attend if it is internet-facing)',
      'isolation is not known (would be Attend if nothing isolates it)',
      "CISA's catalogue of known exploited vulnerabilities was not consulted (would be Act if it is listed)",
      'no EPSS score is known',
      'no CVSS vector is known',
      'where it runs is not known: the lookup was denied',
      'the instruction is not known: there is no dossier of the image: the registry has no such image',
    ]);
  });

  const NOT_READ =
    'the task definition or pod spec was not read: privileged mode, mounts and host namespaces could remove barriers';
  it.each<[string, RuntimeContext, boolean]>([
    ['a known place without a VM boundary', ON_WEAK_NODE, true],
    ['a VM boundary, which nothing in a task definition removes', ON_FARGATE, false],
    ['no known workload', NOWHERE, false],
    ['a failed lookup', UNSEEN, false],
    ['a workload whose isolation is not known', { ...UNSEEN, workloads: ON_FARGATE.workloads }, false],
  ])('says whether the barriers are defaults only: %s', (_case, context, said) => {
    const vulnerability = decide(enrichVulnerability(VULNERABILITY, known(DOSSIER), context));
    const threat = decide(enrichThreat(THREAT, known(IMAGE), context));
    expect([vulnerability, threat].map(({ unknowns }) => unknowns.includes(NOT_READ))).toEqual([said, said]);
  });

  it('puts a reason into a sentence without its full stop', () => {
    const { unknowns } = decide(
      enrichVulnerability(VULNERABILITY, unknown('There is no such image in shop/checkout.'), {
        ...UNSEEN,
        workloads: unknown('Listing was denied.'),
      }),
    );
    expect(unknowns).toEqual(
      expect.arrayContaining([
        'where it runs is not known: Listing was denied',
        'the instruction is not known: there is no dossier of the image: There is no such image in shop/checkout',
      ]),
    );
    expect(decide(enrichThreat(THREAT, unknown('It was denied.'), UNSEEN)).unknowns[0]).toBe(
      'the image is not known: It was denied',
    );
  });

  it('reads an empty list of workloads as silence, not as unused', () => {
    const decision = decide(enrichVulnerability({ ...TAKEOVER, cvss: [] }, known(DOSSIER), NOWHERE));
    expect([decision.outcome, decision.rules]).toEqual(['track*', []]);
    expect(decision.unknowns).toContain('no workload is known to run it');
  });

  it('contains an escape attempt behind the VM boundary', () => {
    expect(decide(enrichThreat(THREAT, known(IMAGE), ON_FARGATE))).toEqual({
      outcome: 'attend',
      score: 80,
      label: 'HIGH',
      base: 'attend',
      rules: ['T3'],
      factors: { severity: 28, breakout: 16, isolation: 5, asset: 6, recurrence: 0, correlation: 0 },
      raw: 55,
      scheme: 'threat-v1',
      reason:
        'Attend: GuardDuty rates it 8.0 of 10 and it is an attempt to escape from the container; the VM boundary contains it, but the attacker is inside; runs on ECS Fargate (VM boundary)',
      unknowns: ['other findings of the same image were not consulted'],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
      dueInDays: 14,
    });
  });

  it('acts on an escape attempt where no VM boundary is known', () => {
    const decision = decide(enrichThreat(THREAT, unknown('the finding names no task'), UNSEEN));
    expect([decision.outcome, decision.rules, decision.unknowns]).toEqual([
      'act',
      ['T2'],
      [
        'the image is not known: the finding names no task',
        'isolation is not known',
        'where it runs is not known: the lookup was denied',
        'other findings of the same image were not consulted',
      ],
    ]);
  });
});
