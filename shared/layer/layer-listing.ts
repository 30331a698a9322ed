/** What every entry of a layer adds to its report, whatever the readers make of it. */
import type { Budget } from './budget.ts';
import type { TarEntry } from './layer-reader.ts';
import type { LayerReport, Truncation } from './layer-report.ts';
import { createPathSet } from './path-set.ts';
import { createWhiteoutList, whiteoutFrom } from './whiteouts.ts';

export interface LayerListing {
  readonly add: (entry: TarEntry, isSparse: boolean) => void;
  readonly facts: () => Pick<LayerReport, 'files' | 'paths' | 'whiteouts' | 'opaque' | 'truncated'>;
}

export const createLayerListing = (budget: Pick<Budget, 'paths' | 'whiteoutLength'>): LayerListing => {
  const paths = createPathSet(budget.paths);
  const whiteouts = createWhiteoutList(budget.whiteoutLength);
  let files = 0;
  let hasSparse = false;
  return {
    add: ({ path, type }, isSparse) => {
      const whiteout = whiteoutFrom(path);
      if (whiteout) {
        whiteouts.add(whiteout);
        return;
      }
      if (type === 'directory') return;
      files += 1;
      paths.add(path);
      hasSparse ||= isSparse;
    },
    facts: () => ({
      files,
      paths: paths.text(),
      whiteouts: whiteouts.files(),
      opaque: whiteouts.opaque(),
      truncated: [
        ...when(
          paths.isFull(),
          'files',
          `the layer has more than ${budget.paths} files; what others it replaces is not known`,
        ),
        ...when(whiteouts.isFull(), 'files', 'the layer deletes so much that not all of it is listed'),
        ...when(whiteouts.hasInvalid(), 'unreadable-archive', 'a whiteout of the layer names nothing'),
        ...when(hasSparse, 'unreadable-archive', 'a sparse file of the layer was read without its holes'),
      ],
    }),
  };
};

const when = (is: boolean, by: Truncation['by'], text: string): readonly Truncation[] => (is ? [{ by, text }] : []);
