/** The tables of docs/emulators.md. */
import { DIFFERENCES } from './differences.ts';
import { MISSING, NOT_ASKED } from './missing.ts';
import { PARTIES, type Party, SUITES, type Suite } from './parties.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

const isParty = (name: string): name is Party => Object.hasOwn(PARTIES, name);
const parties = Object.keys(PARTIES).filter(isParty);
const titleOf = (party: Party): string => `${PARTIES[party].title} ${PARTIES[party].version}`;

const verdictOf = (party: Party, suite: Suite): string => {
  const notAsked = NOT_ASKED.find((entry) => entry.party === party && entry.suite === suite);
  if (notAsked !== undefined) return `not asked: ${notAsked.why}`;
  const count = DIFFERENCES.filter((entry) => entry.party === party && entry.suite === suite).length;
  if (count === 0) return 'the same';
  return count === 1 ? 'differs in 1 case' : `differs in ${count} cases`;
};

/** By the name of their place in the page. */
export const TABLES: Readonly<Record<string, string>> = {
  verdicts: table(
    ['contract', ...parties.map(titleOf)],
    SUITES.map((suite) => [`\`${suite}\``, ...parties.map((party) => verdictOf(party, suite))]),
  ),
  missing: table(
    ['emulator', 'operation', 'answers', 'why it does not matter'],
    MISSING.map(({ party, operation, status, verdict }) => [titleOf(party), operation, `HTTP ${status}`, verdict]),
  ),
  differences: table(
    ['emulator', 'contract', 'case', 'what differs', 'who is right, or why it does not matter'],
    DIFFERENCES.map(({ party, suite, differs, verdict, ...rest }) => [
      titleOf(party),
      `\`${suite}\``,
      rest.case.replaceAll(' > ', ': '),
      differs,
      verdict,
    ]),
  ),
};
