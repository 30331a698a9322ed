/** The paths at which something was found, as a tree: a layer is asked which of them it hides, and not they of each layer. */
import type { LayerReport } from '../../layer/layer-report.ts';
import type { PathHashes } from '../../layer/path-set.ts';

/** One path, known by its identity. */
export interface Spot {
  /** Something is there now. */
  readonly isHeld: boolean;
}

export interface Spots {
  /** From now on something is there. `undefined`: there are too many paths for another one. */
  readonly hold: (path: string) => Spot | undefined;
  readonly at: (path: string) => Spot | undefined;
  /** The held ones that a layer deletes, empties, or puts something else in the place of: they are held no more. */
  readonly hide: (layer: Pick<LayerReport, 'whiteouts' | 'opaque' | 'paths'>) => readonly Spot[];
}

export interface SpotBudget {
  /** Paths and their directories. */
  readonly spots: number;
  /** UTF-16 units of all of them together. */
  readonly spotsLength: number;
}

interface Node {
  isHeld: boolean;
  /** Whether it is in its parent's `below`: it is while something is held there or further down. */
  isLinked: boolean;
  readonly parent: Node | undefined;
  below: Node[];
}

/**
 * How far down a path its directories are looked up: no real image is deeper, and a hostile one costs no more. Below it
 * only the path itself is looked up, so that at worst something deleted is said to be still there.
 */
const MAX_DEPTH = 64;

/** Each path is hashed once, however many layers speak of it; a layer costs what it lists and what it hides. */
export const createSpots = (hashes: PathHashes, budget: SpotBudget): Spots => {
  // Not among the paths: a whiteout names something, and only an opaque directory can be the root.
  const root = nodeBelow(undefined);
  const byPath = new Map<string, Node>();
  const byHash = new Map<string, Node>();
  let length = 0;

  const grown = (path: string): Node | undefined => {
    const missing: string[] = [];
    let known: Node | undefined;
    for (let next = path; known === undefined; next = directoryOf(next)) {
      // The root as a directory, not as a path in which something was found.
      known = next === '' && missing.length > 0 ? root : byPath.get(next);
      if (known === undefined) missing.push(next);
      if (next === '') known ??= root;
    }
    const more = missing.reduce((sum, one) => sum + one.length, 0);
    if (byPath.size + missing.length > budget.spots || length + more > budget.spotsLength) return undefined;
    length += more;
    return missing.reduceRight((parent, one) => {
      const node = nodeBelow(parent);
      byPath.set(one, node);
      byHash.set(hashes.of(one), node);
      return node;
    }, known);
  };

  return {
    at: (path) => byPath.get(path),
    hold: (path) => {
      const spot = byPath.get(path) ?? grown(path);
      if (spot === undefined) return undefined;
      spot.isHeld = true;
      for (let node = spot; node.parent !== undefined && !node.isLinked; node = node.parent) {
        node.isLinked = true;
        node.parent.below.push(node);
      }
      return spot;
    },
    hide: ({ whiteouts, opaque, paths }) => {
      const hidden: Node[] = [];
      for (const path of whiteouts) takeAll(byPath.get(path), hidden);
      for (const path of opaque) takeBelow(path === '' ? root : byPath.get(path), hidden);
      if (byHash.size > 0) for (const hash of hashes.in(paths)) takeAll(byHash.get(hash), hidden);
      return hidden;
    },
  };
};

const nodeBelow = (parent: Node | undefined): Node => ({ isHeld: false, isLinked: false, parent, below: [] });

const takeAll = (node: Node | undefined, taken: Node[]): void => {
  if (node === undefined) return;
  if (node.isHeld) taken.push(node);
  node.isHeld = false;
  takeBelow(node, taken);
};

/** What it took is linked no more, so that whoever asks again finds nothing to go through. */
const takeBelow = (node: Node | undefined, taken: Node[]): void => {
  if (node === undefined || node.below.length === 0) return;
  const { below } = node;
  node.below = [];
  for (const child of below) {
    child.isLinked = false;
    takeAll(child, taken);
  }
};

/** `a/b` of `a/b/c`, and the `MAX_DEPTH`th directory of what is deeper. */
const directoryOf = (path: string): string => {
  const last = path.lastIndexOf('/');
  let end = path.indexOf('/');
  for (let depth = 1; depth < MAX_DEPTH && end >= 0 && end < last; depth += 1) end = path.indexOf('/', end + 1);
  return path.slice(0, Math.max(end, 0));
};
