/** Automatable and Technical Impact, read from the best CVSS vector; and the score that stands for the severity. */
import type { Cvss, Vulnerability } from '../finding/finding.ts';
import { type VectorFacts, vectorFacts } from './cvss-vector.ts';
import type { TechnicalImpact, YesNo } from './decision-points.ts';
import { type Selection, selected } from './selection.ts';

export interface VectorPoints {
  readonly automatable: Selection<YesNo>;
  /** `stated`: the vector says so itself. `cvss`: guessed from it. `default`: SSVC's own, because there is no vector. */
  readonly automatableEvidence: 'stated' | 'cvss' | 'default';
  readonly technicalImpact: Selection<TechnicalImpact>;
  /** 0 to 10. */
  readonly score: number;
  readonly scoreEvidence: string;
}

/** Stands in for the score where no source gives one. */
export const SCORE_OF_SEVERITY = {
  INFORMATIONAL: 0,
  LOW: 2,
  MEDIUM: 5.5,
  HIGH: 8,
  CRITICAL: 9.5,
  UNTRIAGED: 5,
} as const satisfies Record<Vulnerability['severity'], number>;

const NO_VECTOR = 'no CVSS vector is known: SSVC’s default';

/** The first vector that can be read decides: the list is ordered best first. */
export const vectorPoints = ({ cvss, severity }: Vulnerability): VectorPoints => {
  const [first] = cvss;
  const score = {
    score: first?.score ?? SCORE_OF_SEVERITY[severity],
    scoreEvidence: first ? `CVSS ${first.version}` : `stands for the severity ${severity}, without a score`,
  };
  const [best] = cvss.flatMap((one) => read(one) ?? []);
  if (best === undefined)
    return {
      automatable: { possible: ['no', 'yes'], taken: 'yes', evidence: NO_VECTOR },
      automatableEvidence: 'default',
      technicalImpact: { possible: ['partial', 'total'], taken: 'total', evidence: NO_VECTOR },
      ...score,
    };
  const evidence = `its CVSS ${best.version} vector`;
  const { automatable, automatableIsStated, technicalImpact } = best.facts;
  const impact = { technicalImpact: selected(technicalImpact, evidence), ...score };
  if (automatableIsStated)
    return {
      automatable: selected(automatable, `${evidence} says so (AU:${automatable === 'yes' ? 'Y' : 'N'})`),
      automatableEvidence: 'stated',
      ...impact,
    };
  return {
    // A vector tells that nothing hinders automation, and not that somebody has automated it.
    automatable:
      automatable === 'yes' ? { possible: ['no', 'yes'], taken: 'yes', evidence } : selected(automatable, evidence),
    automatableEvidence: 'cvss',
    ...impact,
  };
};

const read = ({ version, vector }: Cvss): { readonly version: string; readonly facts: VectorFacts } | undefined => {
  const facts = vector === undefined ? undefined : vectorFacts(vector);
  return facts && { version, facts };
};
