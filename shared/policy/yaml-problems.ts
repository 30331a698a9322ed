/** What is wrong with a policy file as YAML, before anything is known of its content. */
import { type Document, isAlias, isCollection, isScalar, type ParsedNode, visit } from 'yaml';
import { clipText } from '../base/clip-text.ts';
import type { PolicyProblem, Position } from './policy-problem.ts';

export interface YamlText {
  readonly text: string;
  readonly document: Document.Parsed<ParsedNode>;
  /** `offset`: in UTF-16 units. */
  readonly positionOf: (offset: number) => Position;
}

/** It is a part of every object: whoever reads it may read that instead. */
export const REFUSED_KEY = '__proto__';

/** Of YAML 1.1: who knows it from there expects what does not happen here. */
export const MERGE_KEY = '<<';

export const NO_ALIAS =
  'Text that begins with * must be in quotes: for YAML it is an alias, and nothing has that name.';

export const aliasProblems = ({ document, positionOf }: YamlText): readonly PolicyProblem[] => {
  const problems: PolicyProblem[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) problems.push({ ...positionOf(startOf(alias)), message: NO_ALIAS });
    },
  });
  return problems;
};

/** What YAML allows and a policy must not have: each could hide a part of a rule. */
export const nodeProblems = ({ document, positionOf }: YamlText): readonly PolicyProblem[] => {
  const problems: PolicyProblem[] = [];
  const report = (node: unknown, message: string) => {
    problems.push({ ...positionOf(startOf(node)), message });
  };
  visit(document, {
    Node: (_, node) => {
      if (node.tag !== undefined) report(node, 'YAML tags, which begin with !, have no meaning here.');
    },
    Map: (_, { items }) => {
      const first = new Map<string, number>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : '';
        const line = first.get(name);
        if (name === REFUSED_KEY) report(key, `\`${REFUSED_KEY}\` cannot be a key.`);
        if (name === MERGE_KEY)
          report(key, 'Merge keys, `<<`, are not taken here: write the keys out, or use an alias for a whole value.');
        if (line === undefined) first.set(name, positionOf(startOf(key)).line);
        else report(key, `The key \`${clipText(name, 60)}\` is here a second time; the first is in line ${line}.`);
      }
    },
  });
  return problems;
};

/** The offset at which a node begins; 0 for what is no node. */
export const startOf = (node: unknown): number =>
  (isScalar(node) || isCollection(node) || isAlias(node)) && node.range ? node.range[0] : 0;
