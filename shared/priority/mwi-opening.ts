/** How much depends on a workload may not be known: its tags, or those of the repository, could not be read. */
import type { Mwi } from './decision-points.ts';
import { isOpen, type Selection } from './selection.ts';

export const mwiOpening = (
  mwi: Selection<Mwi>,
): readonly { readonly if: string; readonly missing: string; readonly facts: { readonly mwi: Mwi } }[] => {
  const worst = mwi.possible.at(-1);
  if (!isOpen(mwi) || worst === undefined || worst === mwi.taken) return [];
  return [
    {
      if: 'much depends on the workload',
      missing: `how much depends on the workload is not known: ${mwi.evidence}`,
      facts: { mwi: worst },
    },
  ];
};
