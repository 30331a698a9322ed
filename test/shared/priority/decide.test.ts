import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { enrichThreat } from '../../../shared/enrichment/enrich-threat.ts';
import type { RuntimeContext } from '../../../shared/enrichment/enriched-finding.ts';
import { decide } from '../../../shared/priority/decide.ts';
import { enriched, LISTED, NEVER_LOADED, TERMS } from '../../support/enriched.ts';
import { IMAGE, NOWHERE, ON_FARGATE, THREAT, UNSEEN, VULNERABILITY } from '../enrichment/findings.ts';

const TAKEOVER = {
  ...VULNERABILITY,
  exploitAvailable: true,
  cvss: [{ version: '4.0', score: 9.3, vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A' }],
};

const ON_NODE: RuntimeContext = {
  workloads: ON_FARGATE.workloads,
  isolation: { ...ON_FARGATE.isolation, runtime: 'ecs-ec2', total: 5, vmBoundary: false },
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
  it('tracks an ordinary denial of service, with everything that went in', () => {
    expect(decide(enriched(), TERMS)).toEqual({
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
      unknowns: ['exposure is not known', 'whether it can be automated is only guessed from its CVSS vector'],
      points: [
        { name: 'Exploitation', possible: ['none'], taken: 'none', evidence: 'Inspector knows no exploit' },
        {
          name: 'In KEV',
          possible: ['no'],
          taken: 'no',
          evidence: 'not in CISA’s list of known exploited vulnerabilities of 2026-03-02',
        },
        { name: 'Automatable', possible: ['no', 'yes'], taken: 'yes', evidence: 'its CVSS 3.1 vector' },
        { name: 'Technical Impact', possible: ['partial'], taken: 'partial', evidence: 'its CVSS 3.1 vector' },
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
        {
          name: 'Container Escape',
          possible: ['no'],
          taken: 'no',
          evidence: 'no package of a container runtime or kernel',
        },
        { name: 'CVSS', possible: ['7.5'], taken: '7.5', evidence: 'CVSS 3.1' },
        { name: 'EPSS', possible: ['0.02'], taken: '0.02', evidence: 'FIRST’s score, from Inspector' },
      ],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
      due: { because: 'with the next rebuild, by the policy' },
      bod2604: '60 days',
      references: expect.arrayContaining([
        { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' },
      ]),
      fix: expect.objectContaining({ kind: 'upgrade-packages' }),
    });
  });

  it.each([
    [
      'an exploited takeover',
      TAKEOVER,
      ON_FARGATE,
      'act',
      '2026-03-04',
      'Act: it is exploited in the wild (its CVSS 4 vector says that it is attacked (E:A)), it can be automated and gives total control; runs on ECS Fargate (VM boundary)',
    ],
    [
      'a takeover with a public exploit in a weak place',
      { ...TAKEOVER, cvss: [{ version: '3.1', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] },
      ON_WEAK_NODE,
      'attend',
      '2026-03-15',
      'Attend: a public exploit exists (Inspector knows an exploit), it can be automated and gives total control; runs on ECS on EC2 (weak isolation); raised because little stands between the container and its host',
    ],
    [
      'a local takeover with a public exploit that nothing is known to run',
      { ...TAKEOVER, cvss: [{ version: '3.1', score: 7.8, vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' }] },
      NOWHERE,
      'track*',
      '2026-04-30',
      'Track*: a public exploit exists (Inspector knows an exploit), it cannot be automated but gives total control; no workload is known to run it',
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
    [
      'a denial of service that is likely to be exploited',
      { epss: 0.93 },
      ON_FARGATE,
      'track',
      undefined,
      'Track: no exploit is known, though EPSS 0.93 is so high that SSVC’s guidance for it would take it as exploited, it gives only partial control; by its CVSS vector it could be automated, which by itself counts only once an exploit is known; runs on ECS Fargate (VM boundary)',
    ],
  ])('%s', (_case, finding, context, outcome, dueOn, reason) => {
    const decision = decide(enriched(finding, { context }), TERMS);
    expect([decision.outcome, decision.due.on, decision.reason]).toEqual([outcome, dueOn, reason]);
  });

  it('takes what CISA lists as exploited, and counts from the day of its listing', () => {
    const decision = decide(enriched({}, { evidence: LISTED }), TERMS);
    expect([decision.outcome, decision.due.on, decision.bod2604]).toEqual(['attend', '2026-03-19', '14 days']);
    expect(decision.reason).toContain('it is exploited in the wild (CISA lists it as exploited since 2026-03-05)');
  });

  it('says how much depends on the workload where that decides', () => {
    const terms = { ...TERMS, mwi: { possible: ['high'], taken: 'high', evidence: 'policy rule payments' } } as const;
    const decision = decide(enriched({ exploitAvailable: true }), terms);
    expect([decision.outcome, decision.reason]).toEqual([
      'attend',
      'Attend: a public exploit exists (Inspector knows an exploit), it can be automated but gives only partial control; much depends on the workload; runs on ECS Fargate (VM boundary)',
    ]);
  });

  it('keeps the policy’s floor', () => {
    const decision = decide(enriched({}, { evidence: LISTED }), { ...TERMS, floor: 'bod-26-04' });
    expect([decision.outcome, decision.rules]).toEqual(['attend', []]);
    const mild = { cvss: [{ version: '3.1', score: 3, vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N' }] };
    const floored = decide(enriched(mild, { evidence: LISTED }), { ...TERMS, floor: 'bod-26-04' });
    expect([floored.base, floored.outcome, floored.rules]).toEqual(['track', 'track*', ['B1']]);
  });

  it.each([
    ['nothing is worse', {}, {}, undefined],
    [
      'one fact would decide',
      {
        exploitAvailable: true,
        cvss: [{ version: '3.1', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      },
      {},
      { outcome: 'attend', if: 'it is internet-facing' },
    ],
    [
      'CISA’s list was not there',
      {},
      { evidence: NEVER_LOADED },
      { outcome: 'attend', if: 'CISA lists it as exploited' },
    ],
    [
      'Inspector was not asked',
      {},
      {
        evidence: {
          ...NEVER_LOADED,
          kev: known({ listed: false as const, asOf: '2026-03-02' }),
          details: unknown('denied'),
        },
      },
      { outcome: 'attend', if: 'Inspector has seen it exploited' },
    ],
    [
      'two facts together',
      {
        exploitAvailable: true,
        cvss: [{ version: '3.1', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      },
      { evidence: NEVER_LOADED },
      { outcome: 'act', if: 'CISA lists it as exploited' },
    ],
    [
      'the package may let code out',
      {
        exploitAvailable: true,
        packages: [{ name: 'runc', version: '1.1' }],
        cvss: [{ version: '3.1', score: 4.4, vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N' }],
      },
      { context: ON_NODE },
      { outcome: 'track*', if: 'it lets code out of the container on a node that others share' },
    ],
  ])('names the worst outcome that is still possible: %s', (_case, finding, around, worst) => {
    expect(decide(enriched(finding, around), TERMS).worst).toEqual(worst);
  });

  it('decides alike what has the same inputs', () => {
    const one = decide(enriched({ title: 'one', exploitAvailable: true }), TERMS);
    const other = decide(enriched({ title: 'other', exploitAvailable: true }), TERMS);
    expect(other).toEqual(one);
  });

  it('names what is unknown, and what it could make of the decision', () => {
    const finding = { ...TAKEOVER, epss: undefined, cvss: [] };
    expect(
      decide(
        enriched(finding, {
          dossier: unknown('the registry has no such image'),
          context: UNSEEN,
          evidence: NEVER_LOADED,
        }),
        TERMS,
      ).unknowns,
    ).toEqual([
      'exposure is not known (would be Attend if it is internet-facing)',
      'isolation is not known (would be Attend if nothing isolates it)',
      'CISA’s list was never loaded (would be Act if CISA lists it as exploited)',
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
    const vulnerability = decide(enriched({}, { context }), TERMS);
    const threat = decide(enrichThreat(THREAT, known(IMAGE), known({}), context), TERMS);
    expect([vulnerability, threat].map(({ unknowns }) => unknowns.includes(NOT_READ))).toEqual([said, said]);
  });

  it('puts a reason into a sentence without its full stop', () => {
    const { unknowns } = decide(
      enriched(
        {},
        {
          dossier: unknown('There is no such image in shop/checkout.'),
          context: { ...UNSEEN, workloads: unknown('Listing was denied.') },
        },
      ),
      TERMS,
    );
    expect(unknowns).toEqual(
      expect.arrayContaining([
        'where it runs is not known: Listing was denied',
        'the instruction is not known: there is no dossier of the image: There is no such image in shop/checkout',
      ]),
    );
    expect(decide(enrichThreat(THREAT, unknown('It was denied.'), known({}), UNSEEN), TERMS).unknowns[0]).toBe(
      'the image is not known: It was denied',
    );
  });

  it('reads an empty list of workloads as silence, not as unused', () => {
    const decision = decide(enriched({ ...TAKEOVER, cvss: [] }, { context: NOWHERE }), TERMS);
    expect([decision.outcome, decision.rules]).toEqual(['track*', []]);
    expect(decision.unknowns).toContain('no workload is known to run it');
  });

  it('contains an escape attempt behind the VM boundary', () => {
    expect(decide(enrichThreat(THREAT, known(IMAGE), known({}), ON_FARGATE), TERMS)).toEqual({
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
      points: [
        { name: 'Severity', possible: ['8'], taken: '8', evidence: 'GuardDuty' },
        { name: 'Breakout', possible: ['escape-attempt'], taken: 'escape-attempt', evidence: 'the finding’s type' },
        {
          name: 'Isolation',
          possible: ['moderate'],
          taken: 'moderate',
          evidence: 'ECS Fargate, 8 of 12: CAPS, SECCOMP, NS, FS, HOSTOS, VM',
        },
        { name: 'VM Boundary', possible: ['yes'], taken: 'yes', evidence: 'ECS Fargate' },
        { name: 'Mission & Well-Being', possible: ['medium'], taken: 'medium', evidence: 'the policy’s default' },
        { name: 'Count', possible: ['1'], taken: '1', evidence: 'GuardDuty' },
        {
          name: 'Correlation',
          possible: ['none', 'other-finding', 'kev-image'],
          taken: 'none',
          evidence: 'other findings of the same image were not consulted',
        },
      ],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
      due: {
        on: '2026-03-15',
        because: '14 days by the policy, from 2026-03-01, when it was first observed',
      },
      references: expect.any(Array),
      fix: expect.objectContaining({ kind: 'none' }),
    });
  });

  it('acts on an escape attempt where no VM boundary is known', () => {
    const decision = decide(enrichThreat(THREAT, unknown('the finding names no task'), known({}), UNSEEN), TERMS);
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
