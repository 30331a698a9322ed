/** What of an inspection is kept in the table: bounded, whatever an image holds. */
import { firstSecrets } from './first-secrets.ts';
import type { Inspection, InspectionSummary, RuleVerdict } from './inspection.ts';

/** The dossier's item may have 380 KB, and its instructions are the larger part of it. */
const BOUNDS = { secrets: 200, layers: 130, evidence: 5, truncations: 3 } as const;

/** The list of components is kept elsewhere; of the others the first, which matter most. */
export const summaryOf = ({ componentList: _, ...inspection }: Inspection): InspectionSummary => ({
  ...inspection,
  ...firstSecrets(inspection, BOUNDS.secrets),
  layers: inspection.layers
    .slice(0, BOUNDS.layers)
    .map((layer) => ({ ...layer, truncated: layer.truncated.slice(0, BOUNDS.truncations) })),
  verdicts: inspection.verdicts.map(shortVerdict),
});

const shortVerdict = (verdict: RuleVerdict): RuleVerdict => {
  const evidence = verdict.evidence.slice(0, BOUNDS.evidence);
  return {
    ...verdict,
    evidence,
    evidenceLeftOut: verdict.evidenceLeftOut + verdict.evidence.length - evidence.length,
  };
};
