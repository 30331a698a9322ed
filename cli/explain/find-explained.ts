/** From the id that somebody has to the decision that was kept. */
import type { ExplainedFinding } from '../../shared/alerts/explained-finding.ts';
import type { FindingKey } from '../../shared/finding/finding-key.ts';
import type { DecisionStore } from '../../shared/pipeline/ports.ts';
import { type FindingId, parseFindingId } from './finding-id.ts';

export interface ExplainSources {
  readonly decisions: Pick<DecisionStore, 'get'>;
  /** Ids in Security Hub of what came from the source's finding, of the newest first. */
  readonly importedFrom: (sourceArn: string) => Promise<readonly string[]>;
}

export type Found =
  /** `others`: keys of older findings from the same source finding. */
  | { readonly kind: 'found'; readonly explained: ExplainedFinding; readonly others: readonly FindingKey[] }
  | { readonly kind: 'not kept'; readonly key: FindingKey }
  | { readonly kind: 'not imported'; readonly arn: string };

/** Throws what the sources throw. */
export const findExplained = async (id: FindingId, { decisions, importedFrom }: ExplainSources): Promise<Found> => {
  if (id.kind === 'key') return found(id.key, [], decisions);
  const [newest, ...others] = keysOf(await importedFrom(id.arn));
  return newest === undefined ? { kind: 'not imported', arn: id.arn } : found(newest, others, decisions);
};

const found = async (
  key: FindingKey,
  others: readonly FindingKey[],
  decisions: ExplainSources['decisions'],
): Promise<Found> => {
  const explained = await decisions.get(key);
  return explained ? { kind: 'found', explained, others } : { kind: 'not kept', key };
};

const keysOf = (ids: readonly string[]): readonly FindingKey[] => [
  ...new Set(
    ids.flatMap((text) => {
      const id = parseFindingId(text);
      return id?.kind === 'key' ? [id.key] : [];
    }),
  ),
];
