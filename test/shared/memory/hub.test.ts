import { describe, expect, it } from 'vitest';
import { asffFromDecided } from '../../../shared/asff/asff-from-decided.ts';
import { ok } from '../../../shared/base/result.ts';
import { inMemoryHub } from '../../../shared/memory/hub.ts';
import { decided } from '../../support/decided.ts';

const HUB = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
const NOON = '2026-03-02T12:00:00.000Z';
const LATER = '2026-03-02T12:00:00.001Z';

const finding = (id: string, updatedAt: string, account = HUB.account) =>
  asffFromDecided(decided({ id }), { ...HUB, account }, updatedAt);

describe('Security Hub in memory', () => {
  it('takes every finding, and tells in order what was sent since it was last asked', async () => {
    const hub = inMemoryHub();
    const [one, two] = [finding('CVE-1', NOON), finding('CVE-2', NOON)];
    expect(await hub.send([one, two])).toEqual([ok(undefined), ok(undefined)]);
    expect(hub.take()).toEqual([
      { finding: one, isNews: true },
      { finding: two, isNews: true },
    ]);
    expect(hub.take()).toEqual([]);
  });

  it.each([
    ['the same time', finding('CVE-1', NOON), false],
    ['an earlier time', finding('CVE-1', '2026-03-02T11:59:59.999Z'), false],
    ['a later time', finding('CVE-1', LATER), true],
    ['another finding', finding('CVE-2', NOON), true],
    ['the hub of another account', finding('CVE-1', NOON, '444455556666'), true],
  ])('says of a second one for %s whether it is news', async (_title, second, isNews) => {
    const hub = inMemoryHub();
    await hub.send([finding('CVE-1', NOON)]);
    hub.take();
    await hub.send([second]);
    expect(hub.take()).toEqual([{ finding: second, isNews }]);
  });
});
