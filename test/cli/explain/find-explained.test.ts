import { expect, it } from 'vitest';
import { findExplained } from '../../../cli/explain/find-explained.ts';
import { SekishoError } from '../../../shared/base/errors.ts';
import { inMemoryDecisions } from '../../../shared/memory/decisions.ts';
import { EXPLAINED, EXPLAINED_THREAT } from '../../shared/alerts/explained.ts';

const ARN = EXPLAINED.sourceId;

/** `imported`: what Security Hub has of a source's finding. */
const sources = async (imported: Readonly<Record<string, readonly string[]>> = {}) => {
  const decisions = inMemoryDecisions();
  await decisions.put(EXPLAINED);
  await decisions.put(EXPLAINED_THREAT);
  return { decisions, importedFrom: async (arn: string) => imported[arn] ?? [] };
};

it('finds what was kept under a key', async () => {
  const id = { kind: 'key', key: EXPLAINED_THREAT.key } as const;
  expect(await findExplained(id, await sources())).toEqual({ kind: 'found', explained: EXPLAINED_THREAT, others: [] });
});

it('finds what came from the source’s finding', async () => {
  const found = await findExplained(
    { kind: 'source', arn: ARN },
    await sources({ [ARN]: [`sekisho/${EXPLAINED.key}`] }),
  );
  expect(found).toEqual({ kind: 'found', explained: EXPLAINED, others: [] });
});

it('takes the newest of several that came from the source’s finding, and names the others', async () => {
  const ids = [EXPLAINED_THREAT.key, EXPLAINED.key, EXPLAINED_THREAT.key].map((key) => `sekisho/${key}`);
  expect(await findExplained({ kind: 'source', arn: ARN }, await sources({ [ARN]: ids }))).toEqual({
    kind: 'found',
    explained: EXPLAINED_THREAT,
    others: [EXPLAINED.key],
  });
});

it('says where nothing was kept', async () => {
  const { decisions, importedFrom } = { ...(await sources()), decisions: inMemoryDecisions() };
  const found = await findExplained({ kind: 'key', key: EXPLAINED.key }, { decisions, importedFrom });
  expect(found).toEqual({ kind: 'not kept', key: EXPLAINED.key });
});

it('says where Security Hub has nothing of the source’s finding, or only what is not ours', async () => {
  expect(await findExplained({ kind: 'source', arn: ARN }, await sources({ [ARN]: ['other/1'] }))).toEqual({
    kind: 'not imported',
    arn: ARN,
  });
});

it('throws what a source throws', async () => {
  const denied = new SekishoError('AWS_DENIED', 'Searching Security Hub failed: AccessDeniedException');
  const failing = { ...(await sources()), importedFrom: () => Promise.reject(denied) };
  await expect(findExplained({ kind: 'source', arn: ARN }, failing)).rejects.toBe(denied);
});
