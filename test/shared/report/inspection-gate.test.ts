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
    const gate = failsGate(INSPECTED, { atLeast: severity });
    expect(rules(gate.failing)).toEqual(failing);
    expect(rules(gate.unanswered)).toEqual(unanswered);
  });

  it('names the platform', () =>
    expect(failsGate(INSPECTED, { atLeast: 'CRITICAL' }).failing).toEqual([
      { platform: 'linux/amd64', rule: 'IMG-013', severity: 'CRITICAL' },
    ]));

  it('does not count a rule whose finding was accepted', () =>
    expect(rules(failsGate(INSPECTED, { atLeast: 'HIGH', ignored: ['IMG-013'] }).failing)).toEqual(['IMG-001']));

  it('names the platforms that were not read in full', () => {
    const platforms = INSPECTED.platforms.map((one) => ({
      ...one,
      inspection: { ...one.inspection, complete: false, incomplete: 'layer 1 was cut' },
    }));
    expect(failsGate({ ...INSPECTED, platforms }, { atLeast: 'CRITICAL' }).incomplete).toEqual(
      platforms.map(({ platform }) => ({ platform, because: 'layer 1 was cut' })),
    );
  });

  it('is open for what is no image', () =>
    expect(failsGate(ARTIFACT, { atLeast: 'INFO' })).toEqual({ failing: [], unanswered: [], incomplete: [] }));
});
