import { describe, expect, it } from 'vitest';
import type { ResultFinding } from '../../cli/fetch-result.ts';
import { renderHints, renderResult } from '../../cli/render-result.ts';
import type { Runtime } from '../../local/runtime.ts';

const FINDING: ResultFinding = {
  title: 'CVE-2026-1 in lib (team/app:1.0)',
  decision: 'attend',
  score: '77',
  severity: 'HIGH',
  reason: 'Attend: a public exploit exists',
  remediation: 'Update lib to 2.0.',
  state: 'ACTIVE',
};
const NOTHING = { findings: [], messages: [], deadLetters: [], denied: [] };

describe('the result of a run', () => {
  it('shows decision, score, severity, title, reason and remediation of a finding', () => {
    const text = renderResult({ ...NOTHING, findings: [FINDING] });
    expect(text).toContain('ATTEND 77 · HIGH · CVE-2026-1 in lib (team/app:1.0)\n');
    expect(text).toContain('    why  Attend: a public exploit exists\n');
    expect(text).toContain('    fix  Update lib to 2.0.\n');
  });

  it('marks what is archived', () => {
    const archived = { ...FINDING, dueOn: '2026-12-04', state: 'ARCHIVED' };
    expect(renderResult({ ...NOTHING, findings: [archived] })).toContain('1.0) · archived\n');
    expect(renderResult({ ...NOTHING, findings: [FINDING] })).not.toContain('archived');
  });

  it('shows by when it is due, and what it could be at worst', () => {
    const worse = { ...FINDING, dueOn: '2026-12-04', worstPossible: 'act if it is internet-facing' };
    const text = renderResult({ ...NOTHING, findings: [worse] });
    expect(text).toContain('ATTEND 77 · HIGH · CVE-2026-1 in lib (team/app:1.0) · by 2026-12-04\n');
    expect(text).toContain('    but  could be Act if it is internet-facing\n');
    expect(renderResult({ ...NOTHING, findings: [FINDING] })).not.toContain('could be');
  });

  it.each([
    ['track* if x', 'Track* if x'],
    ['track if x', 'Track if x'],
    ['attend if x', 'Attend if x'],
    ['something else', 'something else'],
  ])('names the outcome of %j as people read it', (worstPossible, shown) => {
    expect(renderResult({ ...NOTHING, findings: [{ ...FINDING, worstPossible }] })).toContain(`could be ${shown}\n`);
  });

  it('shows the messages as they would be read', () => {
    const text = renderResult({ ...NOTHING, messages: [{ text: 'one' }, { text: 'two' }] });
    expect(text).toContain('one\n');
    expect(text).toContain('two\n');
  });

  it.each<[string, boolean, object]>([
    ['nobody is told', true, { findings: [FINDING] }],
    ['somebody is told', false, { findings: [FINDING], messages: [{ text: 'x' }] }],
    ['there is nothing', false, {}],
    ['all is over', false, { findings: [{ ...FINDING, state: 'ARCHIVED' }] }],
    ['something failed', false, { findings: [FINDING], deadLetters: [{ queue: 'q' }] }],
  ])('where %s, says of the policy: %s', (_, isSaid, result) => {
    expect(renderResult({ ...NOTHING, ...result }).includes('(the policy tells nobody of what there is)')).toBe(isSaid);
  });

  it.each([
    [0, 'Chat: 0 messages', 'Security Hub: 0 findings'],
    [1, 'Chat: 1 message ', 'Security Hub: 1 finding '],
    [2, 'Chat: 2 messages', 'Security Hub: 2 findings'],
  ])('counts %d', (count, chat, hub) => {
    const text = renderResult({
      findings: Array.from({ length: count }, () => FINDING),
      messages: Array.from({ length: count }, () => ({ text: 'x' })),
      deadLetters: [],
      denied: [],
    });
    expect(text).toContain(`── ${chat}`);
    expect(text).toContain(`── ${hub}`);
  });

  it('says of each dead letter where it is and why', () => {
    const deadLetters = [
      { queue: 'gate-dlq', code: 'EVENT_INVALID', reason: 'The event is not JSON.' },
      { queue: 'other-dlq' },
    ];
    const lines = renderResult({ ...NOTHING, deadLetters }).split('\n');
    expect(lines.slice(-2)).toEqual([
      'dead letter in gate-dlq: EVENT_INVALID: The event is not JSON.',
      'dead letter in other-dlq: given up after its tries',
    ]);
    expect(renderResult(NOTHING)).not.toContain('dead letter');
  });

  it('fits into 100 columns, and keeps long words whole', () => {
    const digest = `sha256:${'a'.repeat(120)}`;
    const reason = `${'a reason that goes on and on '.repeat(20)}${digest} end`;
    const lines = renderResult({ ...NOTHING, findings: [{ ...FINDING, reason }] }).split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([`         ${digest}`]);
    expect(lines.map((line) => line.trim()).join(' ')).toContain(reason);
  });
});

describe('the hints', () => {
  it('name the addresses as clients need them', () => {
    const hints = renderHints({
      endpoint: 'http://127.0.0.1:4700',
      registry: '127.0.0.1:4700',
      region: 'eu-west-1',
      account: '111122223333',
    } as Runtime);
    expect(hints).toContain('docker://127.0.0.1:4700/my/app:1.0 --dest-tls-verify=false');
    expect(hints).toContain('sekisho send event.json --endpoint http://127.0.0.1:4700');
    expect(hints).toContain('curl http://127.0.0.1:4700/_local/state');
  });

  it('names every right that was missing', () => {
    const denied = [{ function: 'sekisho-forward', action: 'sqs:SendMessage', resource: 'arn:aws:sqs:r:a:alerts' }];
    expect(renderResult({ ...NOTHING, denied })).toContain(
      'AccessDenied: the role of sekisho-forward does not allow sqs:SendMessage on arn:aws:sqs:r:a:alerts.',
    );
  });
});
