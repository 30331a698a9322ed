/** What the user's policy says before a decision: how much depends on the workload, and by when things are due. */
import type { Outcome } from './decision.ts';
import type { Mwi } from './decision-points.ts';
import type { Selection } from './selection.ts';

/** Days from the due date's start; null: with the next rebuild. */
export type DueDays = Readonly<Record<Outcome, number | null>>;

export interface DecisionTerms {
  readonly mwi: Selection<Mwi>;
  /** A floor under vulnerabilities. */
  readonly floor?: 'bod-26-04';
  /** `bod-26-04`: vulnerabilities are due when CISA's directive says so, where its inputs are known; `days` is for the rest. */
  readonly dueDates: { readonly days: DueDays; readonly follow?: 'bod-26-04' };
}

export const DEFAULT_DUE_DAYS: DueDays = { act: 3, attend: 14, 'track*': 60, track: null };
