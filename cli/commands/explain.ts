/** `sekisho explain`: why a finding was decided as it was, from what was kept of the decision. */
import { Command, InvalidArgumentError } from 'commander';
import { findExplained } from '../explain/find-explained.ts';
import { type FindingId, ID_FORMS, parseFindingId } from '../explain/finding-id.ts';
import type { OpenSources, Place } from '../explain/open-sources.ts';
import { readingFailure } from '../explain/reading-failure.ts';
import { renderExplained } from '../explain/render-explained.ts';
import { DEFAULT_ENDPOINT, endpointFrom } from '../local-endpoint.ts';

interface ExplainOptions {
  readonly endpoint?: string;
  readonly table?: string;
  readonly json?: true;
}

export const explainCommand = (): Command =>
  new Command('explain')
    .description('why a finding was decided as it was: every input, rule and point, from a local runtime or an account')
    .argument('<finding id>', 'the id of Sekisho, of Security Hub, or the ARN of the source’s finding', parseId)
    .option(
      '--endpoint <url>',
      `of a local runtime, as \`sekisho start\` prints it (otherwise SEKISHO_ENDPOINT, or ${DEFAULT_ENDPOINT})`,
    )
    .option(
      '--table <name>',
      'in the AWS account of the environment’s credentials and Region: the stack’s output StateTableName',
      parseTable,
    )
    .option('--json', 'print what was kept as JSON')
    .addHelpText('after', () => HELP)
    .action(explain);

const HELP = `
${ID_FORMS}

Decisions are kept for 180 days. In an account it needs dynamodb:GetItem on the table, and for the
id of a source's finding securityhub:GetFindings.

Examples:
  sekisho explain sekisho/inspector2-0123456789abcdef0123456789abcdef01234567
  sekisho explain guardduty-0123456789abcdef0123456789abcdef01234567 \\
    --table sekisho-StateTable962DE04C-1A2B3C4D5E6F7
  sekisho explain arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef --json
`;

const parseId = (text: string): FindingId => {
  const id = parseFindingId(text) ?? keyIn(text.toLowerCase());
  if (id === undefined)
    throw new InvalidArgumentError(`It is not the id of one finding. ${WHERE_IDS_ARE}\n${ID_FORMS}`);
  return id;
};

/** ARNs must be as they were given out; a key says the same in capitals. */
const keyIn = (text: string): FindingId | undefined => {
  const id = parseFindingId(text);
  return id?.kind === 'key' ? id : undefined;
};

const WHERE_IDS_ARE =
  'A CVE has one for each image that it was found in.\nChat names it under each finding (sekisho explain …), Security Hub as the Id of a finding of Sekisho.';

/** What DynamoDB takes: a name, or the ARN of a table. */
const TABLE = /^(?:arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/)?[\w.-]{3,255}$/;

const parseTable = (text: string): string => {
  if (!TABLE.test(text))
    throw new InvalidArgumentError(
      'It must be the name of a table: 3 to 255 letters, digits, hyphens, dots and underscores.',
    );
  return text;
};

const explain = async (id: FindingId, options: ExplainOptions): Promise<void> => {
  // The SDK is loaded only when there is something to look up.
  const { openSources } = await import('../explain/open-sources.ts');
  const place = placeFrom(options);
  let sources: OpenSources | undefined;
  try {
    sources = await openSources(place);
    const found = await findExplained(id, sources);
    if (found.kind === 'not imported') throw new Error(`Security Hub has no finding of Sekisho from ${found.arn}.`);
    if (found.kind === 'not kept')
      throw new Error(`no decision of ${found.key} is kept in ${sources.name}.\n${WHY_NOT_KEPT}`);
    for (const key of found.others) console.error(`· an older finding came from the same source: ${key}`);
    console.log(options.json ? JSON.stringify(found.explained) : renderExplained(found.explained));
  } catch (thrown) {
    throw readingFailure(thrown, sources?.name ?? nameOf(place)) ?? thrown;
  } finally {
    sources?.close();
  }
};

const WHY_NOT_KEPT = `It may be of another account, Region or runtime, older than 180 days, or decided by another release.\n${ID_FORMS}`;

/** `--table` alone means an account. */
const placeFrom = ({ endpoint, table }: ExplainOptions): Place =>
  endpoint === undefined && table !== undefined
    ? { kind: 'account', table }
    : {
        kind: 'local',
        endpoint: endpointFrom(endpoint ?? process.env.SEKISHO_ENDPOINT ?? DEFAULT_ENDPOINT),
        ...(table !== undefined && { table }),
      };

const nameOf = (place: Place): string =>
  place.kind === 'local' ? `the runtime at ${place.endpoint}` : `the table ${place.table}`;
