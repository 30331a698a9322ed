/** The page that says until when distributions get security fixes, from the table that the rule reads. */
import { DISTRIBUTIONS, ROLLING_DISTRIBUTIONS } from '../../shared/dossier/distributions.ts';
import { table } from './table.ts';

export const distributionsPage = (): string =>
  `# Distributions

Until when a distribution gets security fixes, by \`ID\` and \`VERSION_ID\` of its os-release. After the last day the rule
about the end of life fails; a release that is not listed is unknown, never supported. Paid support is named where it
goes on, and changes nothing: most images have no key for it.

${table(
  ['distribution', '`ID`', 'release', 'last day', 'paid support', 'source'],
  DISTRIBUTIONS.flatMap(({ id, name, source, paidSupport, releases }) =>
    releases.map(([version, end, paidEnd]) => [
      name,
      `\`${id}\``,
      version,
      end ?? 'not announced',
      paidSupport !== undefined && paidEnd !== undefined ? `${paidSupport}, ${paidEnd}` : '',
      `[source](${source})`,
    ]),
  ),
)}

Without releases, so without an end: ${ROLLING_DISTRIBUTIONS.map(({ name, id, source }) => `[${name}](${source}) (\`${id}\`)`).join(', ')}.
`;
