import { describe, expect, it } from 'vitest';
import { failsGate } from '../../../shared/report/inspection-gate.ts';
import { ARTIFACT, INSPECTED } from './example-inspection.ts';

const rules = (found: readonly { readonly rule: string }[]) => found.map(({ rule }) => rule);

describe('the build gate', () => {
  it.each([
    ['CRITICAL', ['IMG-013'], []],
    ['HIGH', ['IMG-013', 'IMG-001'], []],
    ['MEDIUM', ['IMG-013', 'IMG-001'], []],
    ['LOW', ['IMG-013', 'IMG-001'], ['IMG-004']],
    ['INFO', ['IMG-013', 'IMG-001', 'IMG-042'], ['IMG-004']],
  ] as const)('closes at %s for failures that are as severe', (severity, failing, unanswered) => {
    const gate = failsGate(INSPECTED, severity);
    expect(rules(gate.failing)).toEqual(failing);
    expect(rules(gate.unanswered)).toEqual(unanswered);
  });

  it('names the platform', () =>
    expect(failsGate(INSPECTED, 'CRITICAL').failing).toEqual([
      { platform: 'linux/amd64', rule: 'IMG-013', severity: 'CRITICAL' },
    ]));

  it('is open for what is no image', () =>
    expect(failsGate(ARTIFACT, 'INFO')).toEqual({ failing: [], unanswered: [] }));
});
