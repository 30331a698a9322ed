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
  rules: [{ rule, open: true, firstObservedAt: pushedAt, updatedAt: pushedAt, content: 'c0ffee' }],
});
const [EARLY, LATE] = ['2026-03-02T11:00:00.000Z', '2026-03-02T11:00:00.001Z'];

export const issueLedgerContract = (ledger: () => IssueLedger): void => {
  describe('the ledger of failing rules', () => {
    it('has nothing of a tag that was never inspected', async () => {
      expect(await ledger().get(newScope())).toBeUndefined();
    });

    it('gives back the entry as it was put', async () => {
      const scope = newScope();
      expect(await ledger().put(scope, entryAt(EARLY), NOW)).toBe(true);
      expect(await ledger().get(scope)).toEqual(entryAt(EARLY));
    });

    it('takes a later push, and the same one again', async () => {
      const scope = newScope();
      await ledger().put(scope, entryAt(EARLY), NOW);
      expect(await ledger().put(scope, entryAt(LATE), NOW)).toBe(true);
      expect(await ledger().put(scope, entryAt(LATE, 'IMG-002'), NOW)).toBe(true);
      expect(await ledger().get(scope)).toEqual(entryAt(LATE, 'IMG-002'));
    });

    it('refuses an earlier push', async () => {
      const scope = newScope();
      await ledger().put(scope, entryAt(LATE), NOW);
      expect(await ledger().put(scope, entryAt(EARLY), NOW)).toBe(false);
      expect(await ledger().get(scope)).toEqual(entryAt(LATE));
    });

    it.each<[string, (scope: IssueScope) => IssueScope]>([
      ['tag', (scope) => ({ ...scope, tag: '' })],
      ['platform', (scope) => ({ ...scope, platform: 'linux/amd64' })],
      ['repository', (scope) => ({ ...scope, repository: { ...REPOSITORY, repository: 'shop/other' } })],
      ['account', (scope) => ({ ...scope, repository: { ...REPOSITORY, account: '999988887777' } })],
      ['Region', (scope) => ({ ...scope, repository: { ...REPOSITORY, region: 'us-east-1' } })],
    ])('keeps another %s apart', async (_, change) => {
      const scope = newScope();
      await ledger().put(scope, entryAt(EARLY), NOW);
      expect(await ledger().get(change(scope))).toBeUndefined();
    });
  });
};
