/** What is wrong with a policy file as YAML, before anything is known of its content. */
import { type Document, isAlias, isCollection, isScalar, type ParsedNode, visit } from 'yaml';
import { clipText } from '../base/clip-text.ts';
import { inOrder, type PolicyProblem, type Position } from './policy-problem.ts';

export interface YamlText {
  readonly document: Document.Parsed<ParsedNode>;
  /** `offset`: in UTF-16 units. */
  readonly positionOf: (offset: number) => Position;
}

const NO_ALIAS = 'Text that begins with * must be in quotes: for YAML it is an alias, and nothing has that name.';

/** By yaml's code; the others are told in yaml's own words. */
const MESSAGES: Readonly<Partial<Record<string, string>>> = {
  TAB_AS_INDENT: 'Indent with spaces: YAML takes no tabs here.',
  MULTIPLE_DOCS: 'A second document begins here; a policy is one document.',
  NON_STRING_KEY: 'A key must be text.',
  BAD_ALIAS: NO_ALIAS,
};

/** One a line: what follows on the same line follows from it. */
export const syntaxProblems = ({ document, positionOf }: YamlText): readonly PolicyProblem[] => {
  const problems = [...document.errors, ...document.warnings];
  const tooDeep = problems.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep) return [{ ...positionOf(tooDeep.pos[0]), message: 'The values are nested too deeply to be read.' }];
  return inOrder(
    problems.map(({ code, message, pos }) => ({
      ...positionOf(pos[0]),
      message: MESSAGES[code] ?? `This is not valid YAML: ${clipText(message, 200)}.`,
    })),
  ).filter(({ line }, index, all) => all[index - 1]?.line !== line);
};

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
        if (name === '__proto__') report(key, '`__proto__` cannot be a key.');
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
