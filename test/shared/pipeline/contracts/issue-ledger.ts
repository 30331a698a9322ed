/** What every ledger of failing rules holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import type { IssueEntry } from '../../../../shared/dossier/issue-entry.ts';
import type { IssueLedger, IssueScope } from '../../../../shared/pipeline/inspection-ports.ts';
import { digest } from '../../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const REPOSITORY = { partition: 'aws', account: '111122223333', region: 'eu-west-1', repository: 'shop/checkout' };

let scopes = 0;
const newScope = (): IssueScope => {
  scopes += 1;
  return { repository: REPOSITORY, tag: `1.${scopes}`, platform: 'linux/arm64' };
};

const entryAt = (pushedAt: string, rule = 'IMG-001'): IssueEntry => ({
  pushedAt,
  digest: digest('a'),
  rules: [
    {
      rule,
      open: true,
      severity: 'HIGH',
      confirmed: true,
      firstObservedAt: pushedAt,
      updatedAt: pushedAt,
      content: 'c0ffee',
      handedOver: false,
    },
  ],
});
const NONE = { entry: undefined, revision: 0 };
const [EARLY, LATE] = ['2026-03-02T11:00:00.000Z', '2026-03-02T11:00:00.001Z'];

export const issueLedgerContract = (ledger: () => IssueLedger): void => {
  describe('the ledger of failing rules', () => {
    it('has nothing of a tag that was never inspected', async () => {
      expect(await ledger().get(newScope())).toEqual(NONE);
    });

    it('gives back the entry as it was put', async () => {
      const scope = newScope();
      expect(await ledger().put(scope, { entry: entryAt(EARLY), revision: 0 }, NOW)).toBe(true);
      expect(await ledger().get(scope)).toEqual({ entry: entryAt(EARLY), revision: 1 });
    });

    it('takes what is written in place of what was read', async () => {
      const scope = newScope();
      await ledger().put(scope, { entry: entryAt(EARLY), revision: 0 }, NOW);
      expect(await ledger().put(scope, { entry: entryAt(LATE), revision: 1 }, NOW)).toBe(true);
      expect(await ledger().put(scope, { entry: entryAt(LATE, 'IMG-002'), revision: 2 }, NOW)).toBe(true);
      expect(await ledger().get(scope)).toEqual({ entry: entryAt(LATE, 'IMG-002'), revision: 3 });
    });

    it.each<[string, number]>([
      ['of a tag that was new', 0],
      ['of what is gone by now', 1],
      ['of what never was', 7],
    ])('refuses what was made %s', async (_, revision) => {
      const scope = newScope();
      await ledger().put(scope, { entry: entryAt(EARLY), revision: 0 }, NOW);
      await ledger().put(scope, { entry: entryAt(EARLY, 'IMG-002'), revision: 1 }, NOW);
      expect(await ledger().put(scope, { entry: entryAt(LATE), revision }, NOW)).toBe(false);
      expect(await ledger().get(scope)).toEqual({ entry: entryAt(EARLY, 'IMG-002'), revision: 2 });
    });

    it('takes one of two that are written at once', async () => {
      const scope = newScope();
      const puts = ['IMG-001', 'IMG-002'].map((rule) =>
        ledger().put(scope, { entry: entryAt(EARLY, rule), revision: 0 }, NOW),
      );
      expect((await Promise.all(puts)).toSorted()).toEqual([false, true]);
    });

    it.each<[string, (scope: IssueScope) => IssueScope]>([
      ['tag', (scope) => ({ ...scope, tag: '' })],
      ['platform', (scope) => ({ ...scope, platform: 'linux/amd64' })],
      ['repository', (scope) => ({ ...scope, repository: { ...REPOSITORY, repository: 'shop/other' } })],
      ['account', (scope) => ({ ...scope, repository: { ...REPOSITORY, account: '999988887777' } })],
      ['Region', (scope) => ({ ...scope, repository: { ...REPOSITORY, region: 'us-east-1' } })],
    ])('keeps another %s apart', async (_, change) => {
      const scope = newScope();
      await ledger().put(scope, { entry: entryAt(EARLY), revision: 0 }, NOW);
      expect(await ledger().get(change(scope))).toEqual(NONE);
    });
  });
};
