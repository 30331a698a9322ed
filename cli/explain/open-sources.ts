/** Where decisions are read: a local runtime, or the account that the environment's credentials are for. */
import { dynamoDbDecisionStore } from '../../shared/aws/dynamodb-decision-store.ts';
import { type ReaderClients, readerClients } from '../../shared/aws/reader-clients.ts';
import { importedFrom } from '../../shared/aws/security-hub-lookup.ts';
import { tableNames } from '../../shared/aws/table-names.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { requireRuntime } from '../local-endpoint.ts';
import type { ExplainSources } from './find-explained.ts';

export type Place =
  | { readonly kind: 'local'; readonly endpoint: string; readonly table?: string }
  | { readonly kind: 'account'; readonly table: string };

export interface OpenSources extends ExplainSources {
  /** `table sekisho-state of eu-west-1`, to be named where something is missing. */
  readonly name: string;
  readonly close: () => void;
}

/** Throws one sentence that says what to do where there is nothing to read from, and the AWS_* codes. */
export const openSources = async (place: Place): Promise<OpenSources> => {
  if (place.kind === 'local') await requireRuntime(place.endpoint);
  const clients = readerClients(place.kind === 'local' ? place.endpoint : undefined);
  try {
    return await sourcesOf(clients, place);
  } catch (thrown) {
    clients.close();
    throw thrown;
  }
};

const sourcesOf = async (clients: ReaderClients, place: Place): Promise<OpenSources> => {
  const { tables, hub, close } = clients;
  const table = place.table ?? (await onlyTable(clients));
  return {
    // A local runtime's clock may be ahead, and it deletes by it what has expired.
    decisions: dynamoDbDecisionStore(tables, table, systemClock),
    importedFrom: (arn) => importedFrom(hub, arn),
    name: `the table ${table} ${place.kind === 'local' ? `of the runtime at ${place.endpoint}` : `in ${await regionOf(clients)}`}`,
    close,
  };
};

const regionOf = async ({ region }: ReaderClients): Promise<string> => {
  const found = await region();
  if (found === undefined) throw new Error('no Region is set: AWS_REGION, or that of the profile in AWS_PROFILE.');
  return found;
};

const onlyTable = async ({ tables }: ReaderClients): Promise<string> => {
  const [table, ...others] = await tableNames(tables);
  if (table === undefined) throw new Error('the runtime has no table.');
  if (others.length > 0)
    throw new Error(`the runtime has several tables; name one with --table: ${[table, ...others].join(', ')}`);
  return table;
};
