/** What a layer hides of the layers below it: what it deletes, empties, and puts something else in the place of. */
import type { LayerReport } from '../../layer/layer-report.ts';

export interface PathSet {
  readonly has: (path: string) => boolean;
}

/** Whether what a lower layer has at the path is no longer there. */
export type Hides = (path: string) => boolean;

/**
 * How far down a path its directories are looked up: no real image is deeper, and a hostile one costs no more. Below it
 * only the path itself is looked up, so that at worst something deleted is said to be still there.
 */
const MAX_DEPTH = 64;

/** `paths`: of everything in the layer but directories, which leave what is below them as it is. */
export const hiddenBy = ({ whiteouts, opaque }: Pick<LayerReport, 'whiteouts' | 'opaque'>, paths: PathSet): Hides => {
  const deleted = new Set(whiteouts);
  const emptied = new Set(opaque);
  const replaced = (path: string): boolean => deleted.has(path) || paths.has(path);
  const known = new Map<string, boolean>();
  const isEmptied = (directory: string): boolean => {
    const before = known.get(directory);
    if (before !== undefined) return before;
    const answer =
      emptied.has('') || ancestors(directory).some((ancestor) => emptied.has(ancestor) || replaced(ancestor));
    known.set(directory, answer);
    return answer;
  };
  return (path) => replaced(path) || isEmptied(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
};

/** `a`, `a/b`, `a/b/c` of the last. */
const ancestors = (directory: string): readonly string[] => {
  const found: string[] = [];
  for (let end = directory.indexOf('/'); end > 0 && found.length < MAX_DEPTH; end = directory.indexOf('/', end + 1))
    found.push(directory.slice(0, end));
  return directory === '' || found.length >= MAX_DEPTH ? found : [...found, directory];
};
