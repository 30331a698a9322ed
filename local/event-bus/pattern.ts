/** EventBridge's event patterns: which events a rule is for. */
import { InvalidEventPatternException } from './invalid-event-pattern.ts';
import { isJsonObject } from './json-object.ts';
import { compileLeaf, type PatternLeaf } from './pattern-leaf.ts';

interface PatternNode {
  readonly leaves: readonly { readonly name: string; readonly leaf: PatternLeaf }[];
  readonly nodes: readonly { readonly name: string; readonly node: PatternNode }[];
  /** One of each list must match. */
  readonly alternatives: readonly (readonly PatternNode[])[];
}

const compileAlternatives = (branches: unknown): readonly PatternNode[] => {
  if (!Array.isArray(branches) || branches.length < 2)
    throw new InvalidEventPatternException('There must have at least 2 Objects in $or relationship.');
  return branches.map(compileNode);
};

const compileNode = (pattern: unknown): PatternNode => {
  if (!isJsonObject(pattern)) throw new InvalidEventPatternException('Filter is not an object');
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw new InvalidEventPatternException('Empty objects are not allowed');
  const leaves = [];
  const nodes = [];
  const alternatives = [];
  for (const [name, value] of fields) {
    if (name === '$or') alternatives.push(compileAlternatives(value));
    else if (Array.isArray(value)) leaves.push({ name, leaf: compileLeaf(value) });
    else if (isJsonObject(value)) nodes.push({ name, node: compileNode(value) });
    else throw new InvalidEventPatternException(`"${name}" must be an object or an array`);
  }
  return { leaves, nodes, alternatives };
};

const fieldOf = (value: unknown, name: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** The scalars of a field; lists in lists are one list, as EventBridge sees them. */
const scalarsOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  return value === undefined || isJsonObject(value) ? [] : [value];
};

/** Whether the path ends in a scalar anywhere, whichever elements of lists it goes through. */
const leadsToScalar = (value: unknown, path: readonly string[]): boolean => {
  if (Array.isArray(value)) return value.some((element) => leadsToScalar(element, path));
  const [name, ...rest] = path;
  if (name === undefined) return value !== undefined && !isJsonObject(value);
  return leadsToScalar(fieldOf(value, name), rest);
};

const nodeMatches = (node: PatternNode, value: unknown, event: unknown, path: readonly string[]): boolean => {
  // All conditions below a list must hold for the same element; an empty list is like a field that is not there.
  if (Array.isArray(value) && value.length > 0) return value.some((element) => nodeMatches(node, element, event, path));
  return (
    node.leaves.every(
      ({ name, leaf }) =>
        scalarsOf(fieldOf(value, name)).some(leaf.accepts) ||
        (leaf.mayBeAbsent && !leadsToScalar(event, [...path, name])),
    ) &&
    node.nodes.every(({ name, node: inner }) => nodeMatches(inner, fieldOf(value, name), event, [...path, name])) &&
    node.alternatives.every((branches) => branches.some((branch) => nodeMatches(branch, value, event, path)))
  );
};

/**
 * The test for one parsed event pattern; the test takes the parsed event. Throws InvalidEventPatternException where
 * EventBridge refuses the pattern. Numbers are compared as numbers: EventBridge also tells 300 from 300.0, which
 * parsed JSON cannot. A field that is constrained both beside and inside an `$or` must satisfy both; EventBridge lets
 * the one that was written last win.
 */
export const compilePattern = (pattern: unknown): ((event: unknown) => boolean) => {
  const root = compileNode(pattern);
  return (event) => nodeMatches(root, event, event, []);
};
