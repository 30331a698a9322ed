/** The YAML of a policy file as plain values, with the place of each in the text. */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { err, ok, type Result } from '../base/result.ts';
import type { Path, PolicyProblem, Position } from './policy-problem.ts';
import { syntaxProblems } from './syntax-problems.ts';
import { aliasProblems, nodeProblems, startOf, type YamlText } from './yaml-problems.ts';

export interface PolicyYaml {
  /** Null for a file without content. */
  readonly value: unknown;
  /** Duplicate keys and the like: the value can be read on. */
  readonly problems: readonly PolicyProblem[];
  /** Of the value, or of the nearest one above it that is there. */
  readonly valueAt: (path: Path) => Position;
  readonly keyAt: (path: Path) => Position;
}

/** yaml's own count of what all aliases together stand for; more is no policy. */
const ALIASED_VALUES = 100;

/** Never throws; the error is what keeps the text from being read at all. */
export const readYaml = (text: string): Result<PolicyYaml, readonly PolicyProblem[]> => {
  const lines = new LineCounter();
  const yaml: YamlText = {
    text,
    document: parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      // Found below, with the line of the first.
      uniqueKeys: false,
      stringKeys: true,
      logLevel: 'error',
    }),
    positionOf: (offset) => {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(line, 1), column: Math.max(col, 1) };
    },
  };
  const unreadable = [syntaxProblems, aliasProblems].map((find) => find(yaml)).find(({ length }) => length > 0);
  if (unreadable) return err(unreadable);
  const value = plainValue(yaml);
  if (!value.ok) return err([{ line: 1, column: 1, message: value.error }]);
  return ok({
    value: value.value,
    problems: nodeProblems(yaml),
    valueAt: (path) => yaml.positionOf(startOf(nodeAt(yaml, path).value)),
    keyAt: (path) => {
      const { key, value: node } = nodeAt(yaml, path);
      return yaml.positionOf(startOf(key ?? node));
    },
  });
};

const plainValue = ({ document }: YamlText): Result<unknown, string> => {
  try {
    return ok(document.toJS({ maxAliasCount: ALIASED_VALUES }));
  } catch {
    // Aliases of nothing are reported before: the limit is what is left.
    return err('The aliases of this file stand for too many values.');
  }
};

interface Place {
  readonly key?: unknown;
  readonly value: unknown;
}

const nodeAt = ({ document }: YamlText, path: Path): Place => {
  let found: Place = { value: document.contents };
  for (const step of path) {
    const within = isAlias(found.value) ? found.value.resolve(document) : found.value;
    // Of a key that is given twice, the last value counts.
    const pair = isMap(within)
      ? within.items.findLast(({ key }) => isScalar(key) && String(key.value) === step)
      : undefined;
    if (isPair(pair)) found = { key: pair.key, value: pair.value ?? pair.key };
    else if (isSeq(within) && typeof step === 'number' && step < within.items.length)
      found = { value: within.items[step] };
    else return found;
  }
  return found;
};
