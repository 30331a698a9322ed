import { describe, expect, it } from 'vitest';
import { renderTrial } from '../../../cli/policy-try/render-trial.ts';
import type { Trial } from '../../../cli/policy-try/trial.ts';

const NAMES = { before: 'built-in policy', after: 'policy.yaml' };
const NONE = { act: 0, attend: 0, 'track*': 0, track: 0 };
const QUIET: Trial = {
  events: { decided: 200, recorded: 0, ignored: 0, rejected: 0 },
  findings: { all: 200, active: 200 },
  spread: { before: { ...NONE, track: 200 }, after: { ...NONE, track: 200 } },
  told: { before: 200, after: 200 },
  mentioned: { before: 0, after: 0 },
  suppressed: { before: 0, after: 0 },
  rules: { context: [], routing: [], suppressions: [] },
  changes: { all: 0, transitions: [], due: 0, findings: [] },
};

const LOUD: Trial = {
  ...QUIET,
  events: { decided: 200, recorded: 3, ignored: 0, rejected: 1 },
  findings: { all: 210, active: 200 },
  spread: { before: { ...NONE, act: 1, track: 199 }, after: { ...NONE, act: 1, attend: 50, track: 149 } },
  told: { before: 200, after: 40 },
  suppressed: { before: 0, after: 7 },
  rules: {
    context: [
      { id: 'payments', findings: 60, asksAccount: true },
      { id: 'paymnts', findings: 0, asksAccount: false },
      { id: 'tagged', findings: 0, asksAccount: true },
    ],
    routing: [{ id: 'trials', findings: 5, asksAccount: false }],
    suppressions: [
      { id: 'kernel-headers', findings: 7, asksAccount: false, owner: 'team-platform', expires: '2027-01-31' },
    ],
  },
  changes: {
    all: 50,
    transitions: [{ from: 'track', to: 'attend', findings: 50 }],
    due: 50,
    findings: [
      {
        finding: 'inspector2-1',
        title: 'CVE-2026-10001 - libexample3',
        image: 'payments/web:1.2',
        from: 'track',
        to: 'attend',
        reasonBefore: 'Track: a public exploit exists.',
        reasonAfter: 'Attend: a public exploit exists; much depends on the workload.',
        because: ['policy rule payments says criticality high: Mission & Well-Being is high, and was medium'],
      },
    ],
  },
};

describe('a trial as text', () => {
  it('says at a glance that nothing would change', () => {
    expect(renderTrial(QUIET, NAMES)).toBe(`200 active findings of 200, from 200 events

          built-in policy                         policy.yaml
  Act          0   0.0 %                               0   0.0 %
  Attend       0   0.0 %                               0   0.0 %
  Track*       0   0.0 %                               0   0.0 %
  Track      200 100.0 %  ████████████████████       200 100.0 %  ████████████████████

Told in chat:     200 → 200
With a mention:   0 → 0
Suppressed:       0 → 0
Due another day:  0

No decision would change.
`);
  });

  it('says what would change, why, and which rules take nothing', () => {
    expect(
      renderTrial(LOUD, NAMES),
    ).toBe(`200 active findings of 210, from 200 events; beside them 3 recorded, 1 rejected

          built-in policy                         policy.yaml
  Act          1   0.5 %  ▏                            1   0.5 %  ▏
  Attend       0   0.0 %                              50  25.0 %  █████
  Track*       0   0.0 %                               0   0.0 %
  Track      199  99.5 %  ███████████████████▉       149  74.5 %  ██████████████▉

Told in chat:     200 → 40
With a mention:   0 → 0
Suppressed:       0 → 7
Due another day:  50

The rules, and how many findings they take:
  context     payments                        60
  context     paymnts                         0  NOTHING: is its match right?
  context     tagged                          0  nothing here: tags, workloads and images are not in events
  routing     trials                          5
  suppression kernel-headers                  7 (team-platform, until 2027-01-31)

50 decisions would change:
  Track → Attend: 50

Track → Attend  CVE-2026-10001 - libexample3 in payments/web:1.2
    why:   policy rule payments says criticality high: Mission & Well-Being is high, and was medium
    now:   Track: a public exploit exists.
    then:  Attend: a public exploit exists; much depends on the workload.

and 49 more; --all lists them
`);
  });

  it('cuts the name of a policy file at its beginning', () => {
    const after = `${'folder/'.repeat(10)}policy.yaml`;
    const [head] = renderTrial(QUIET, { before: after, after: 'new.yaml' })
      .split('\n')
      .filter((line) => line.includes('new.yaml'));
    expect(head).toMatch(/^ {10}….*policy\.yaml +new\.yaml$/);
  });

  it('of no findings divides by nothing', () => {
    const empty = { ...QUIET, findings: { all: 0, active: 0 }, spread: { before: NONE, after: NONE } };
    expect(renderTrial(empty, NAMES)).toContain('Act          0   0.0 %');
  });
});
