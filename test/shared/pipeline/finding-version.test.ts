import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/finding/finding.ts';
import { findingVersion } from '../../../shared/pipeline/finding-version.ts';
import { THREAT, VULNERABILITY } from '../enrichment/findings.ts';

const STATUSES = ['active', 'suppressed', 'closed'] as const;

describe('findingVersion', () => {
  it.each([
    ['active', '2026-03-02T10:00:00.000Z|0|'],
    ['suppressed', '2026-03-02T10:00:00.000Z|1|'],
    ['closed', '2026-03-02T10:00:00.000Z|2|'],
  ] as const)('of a finding that is %s begins with %s', (status, start) => {
    const version = findingVersion({ ...THREAT, status });
    expect(version.slice(0, start.length)).toBe(start);
    expect(version.slice(start.length)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is the same for the same content', () => {
    expect(findingVersion(structuredClone(VULNERABILITY))).toBe(findingVersion(VULNERABILITY));
  });

  it.each<[string, Partial<Finding>]>([
    ['title', { title: 'another' }],
    ['time it was last seen', { lastObservedAt: '2026-03-02T11:00:00.000Z' }],
  ])('differs where only the %s does', (_, change) => {
    const changed = { ...VULNERABILITY, ...change } as Finding;
    expect(findingVersion(changed)).not.toBe(findingVersion(VULNERABILITY));
  });

  it('orders by time first, then by status, as text', () => {
    const time = fc
      .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const state = fc.record({ updatedAt: time, status: fc.constantFrom(...STATUSES), title: fc.string() });
    // Times that are often the same, so that the status decides.
    const states = fc.tuple(state, state, fc.boolean()).map(([left, right, isSameTime]) => ({
      left,
      right: isSameTime ? { ...right, updatedAt: left.updatedAt } : right,
    }));
    fc.assert(
      fc.property(states, ({ left, right }) => {
        const age =
          Date.parse(left.updatedAt) - Date.parse(right.updatedAt) ||
          STATUSES.indexOf(left.status) - STATUSES.indexOf(right.status);
        const [one, other] = [left, right].map((change) => findingVersion({ ...VULNERABILITY, ...change })) as [
          string,
          string,
        ];
        if (age < 0) expect(one < other).toBe(true);
        if (age > 0) expect(one > other).toBe(true);
        expect(one === other).toBe(age === 0 && left.title === right.title);
      }),
    );
  });
});
