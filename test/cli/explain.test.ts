import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { explainCommand } from '../../cli/commands/explain.ts';
import { createTables, type Tables } from '../../local/table/tables.ts';
import { dynamoDbDecisionStore } from '../../shared/aws/dynamodb-decision-store.ts';
import { readerClients } from '../../shared/aws/reader-clients.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { EXPLAINED, EXPLAINED_THREAT } from '../shared/alerts/explained.ts';
import { useAwsEndpoint } from '../support/aws-environment.ts';
import { type HttpServer, startServer } from '../support/http-server.ts';
import { TABLE, TABLE_INPUT } from '../support/state-table.ts';

/** As much of a local runtime as is asked: its state, and its tables. */
let runtime: HttpServer;
let tables: Tables;
/** Something that answers, and is none. */
let other: HttpServer;
beforeAll(async () => {
  tables = createTables({ clock: { nowMs: Date.now }, account: '111122223333', region: 'eu-west-1' });
  await tables.createTable(TABLE_INPUT);
  runtime = await startServer((request, response) =>
    request.url === '/_local/state' ? response.end('{"queues":{}}') : tables.handle(request, response),
  );
  other = await startServer((_, response) => response.end('{}'));
  const { tables: client, close } = readerClients(runtime.url);
  await dynamoDbDecisionStore(client, TABLE, systemClock).put(EXPLAINED);
  close();
});
afterAll(async () => {
  tables.close();
  await Promise.all([runtime.close(), other.close()]);
});

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((text) => printed.push(text));
  return () => vi.restoreAllMocks();
});

const explain = async (...args: readonly string[]): Promise<string> => {
  const command = explainCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...args], { from: 'user' });
  return printed.join('\n');
};

describe('sekisho explain', () => {
  it('prints the decision that a local runtime keeps', async () => {
    const text = await explain(`sekisho/${EXPLAINED.key}`, '--endpoint', runtime.url.replace('http://', ''));
    expect(text).toContain('CVE-2024-21626 - runc\nACT 97 · CRITICAL');
  });

  it('prints all that was kept as JSON', async () => {
    expect(JSON.parse(await explain(EXPLAINED.key, '--endpoint', runtime.url, '--json'))).toEqual(EXPLAINED);
  });

  it('looks at the endpoint of the environment when none is named', async () => {
    vi.stubEnv('SEKISHO_ENDPOINT', runtime.url);
    expect(await explain(EXPLAINED.key)).toContain('ACT 97');
    vi.unstubAllEnvs();
  });

  it('reads the table of an account with the credentials of the environment', async () => {
    const restore = useAwsEndpoint(runtime.url);
    try {
      expect(await explain(EXPLAINED.key, '--table', TABLE)).toContain('ACT 97');
      await expect(explain(EXPLAINED.key, '--table', 'elsewhere')).rejects.toThrow(
        "There is no such table: the table elsewhere in eu-west-1. Its name is the stack's output StateTableName.",
      );
    } finally {
      restore();
    }
  });

  it('says where it looked for what is not kept, and which ids there are', async () => {
    await expect(explain(EXPLAINED_THREAT.key, '--endpoint', runtime.url)).rejects.toThrow(
      `no decision of ${EXPLAINED_THREAT.key} is kept in the table state of the runtime at ${runtime.url}.\nIt may be of another account`,
    );
  });

  it('says what ids look like', async () => {
    await expect(explain('CVE-2024-21626')).rejects.toThrow(
      /It is not the id of one finding\. A CVE has one for each image .*\nChat names it .*\nFinding ids:/,
    );
  });

  it('takes a key in capitals', async () => {
    expect(await explain(EXPLAINED.key.toUpperCase(), '--endpoint', runtime.url)).toContain('ACT 97');
  });

  it.each(['bad name', 'ab', '', 'a/b'])('takes no table %j', async (table) => {
    await expect(explain(EXPLAINED.key, '--table', table)).rejects.toThrow('It must be the name of a table');
  });

  it('says where nothing answers, and what to do', async () => {
    const gone = await startServer(() => undefined);
    await gone.close();
    await expect(explain(EXPLAINED.key, '--endpoint', gone.url)).rejects.toThrow(
      `nothing answers at ${gone.url}; is "sekisho start" running there?`,
    );
  });

  it('says that something else answers', async () => {
    await expect(explain(EXPLAINED.key, '--endpoint', other.url)).rejects.toThrow('it is no local runtime of Sekisho');
  });

  it('asks which of several tables', async () => {
    await tables.createTable({ ...TABLE_INPUT, TableName: 'second' });
    await expect(explain(EXPLAINED.key, '--endpoint', runtime.url)).rejects.toThrow(
      'name one with --table: second, state',
    );
    expect(await explain(EXPLAINED.key, '--endpoint', runtime.url, '--table', TABLE)).toContain('ACT 97');
  });
});
