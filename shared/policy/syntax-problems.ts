/** What keeps a policy file from being YAML, in words that say what to change. */
import { visit, type YAMLError } from 'yaml';
import { clipText } from '../base/clip-text.ts';
import { missingSpace } from './given-text.ts';
import { inOrder, type PolicyProblem } from './policy-problem.ts';
import { NO_ALIAS, type YamlText } from './yaml-problems.ts';

/** By yaml's code; the others are told in yaml's own words. */
const MESSAGES: Readonly<Partial<Record<string, string>>> = {
  TAB_AS_INDENT: 'Indent with spaces: YAML takes no tabs here.',
  MULTIPLE_DOCS: 'A second document begins here; a policy is one document.',
  NON_STRING_KEY: 'A key must be text.',
  BAD_ALIAS: NO_ALIAS,
};

/** One a line: what follows on the same line follows from it. */
export const syntaxProblems = (yaml: YamlText): readonly PolicyProblem[] => {
  const problems = [...yaml.document.errors, ...yaml.document.warnings];
  const tooDeep = problems.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep) return [{ ...yaml.positionOf(tooDeep.pos[0]), message: 'The values are nested too deeply to be read.' }];
  return inOrder(problems.map((problem) => told(yaml, problem))).filter(
    ({ line }, index, all) => all[index - 1]?.line !== line,
  );
};

const told = (yaml: YamlText, { code, message, pos: [at] }: YAMLError): PolicyProblem => {
  const quote = code === 'MISSING_CHAR' ? openQuoteBefore(yaml, at) : undefined;
  if (quote !== undefined) return { ...yaml.positionOf(quote), message: 'The quote that opens here is never closed.' };
  return {
    ...yaml.positionOf(at),
    message: MESSAGES[code] ?? slipIn(yaml, code, at) ?? `This is not valid YAML: ${clipText(message, 200)}.`,
  };
};

/** Where the quote opens that should have closed at the offset. */
const openQuoteBefore = ({ document, text }: YamlText, at: number): number | undefined => {
  let open: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (!range || (type !== 'QUOTE_DOUBLE' && type !== 'QUOTE_SINGLE')) return;
      const [start, end] = range;
      const isClosed = end - start > 1 && text[end - 1] === text[start];
      if (start <= at && at <= end && !isClosed) open = start;
    },
  });
  return open;
};

const slipIn = ({ text }: YamlText, code: string, at: number): string | undefined => {
  const [line = ''] = text.slice(at).split(/\r?\n/, 1);
  const slip = code === 'MULTILINE_IMPLICIT_KEY' ? missingSpace(line.replace(/^(- +)+/, '')) : undefined;
  if (slip !== undefined) return `This is no key with a value: ${slip}.`;
  return (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'BLOCK_IN_FLOW') && !line.startsWith('- ') && line.includes(': ')
    ? 'Put a text that holds `: ` in quotes.'
    : undefined;
};
