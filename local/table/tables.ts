/** DynamoDB in this process: dynalite for the tables, and time to live by the runtime's own clock. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { createEngine } from './engine.ts';
import { createEventualEngine } from './eventual-engine.ts';
import { createInProcessClient } from './in-process-client.ts';
import { missingOperation } from './missing-operation.ts';
import { sweepTable } from './sweep.ts';
import type { Place } from './table-arn.ts';
import { describeTable, whenActive } from './table-status.ts';
import { createTimeToLiveApi, isTimeToLiveOperation } from './time-to-live-api.ts';
import { operationOf, readWireRequest } from './wire-request.ts';

export interface TablesOptions extends Place {
  readonly clock: { readonly nowMs: () => number };
  /** For so long a write stays unseen by reads that do not ask for consistency; 0 or absent: not at all. */
  readonly eventualConsistencyMs?: number | undefined;
}

export interface Tables {
  /** Answers one request in DynamoDB's wire protocol. `body` is for a server that has already read it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, body?: Buffer) => void;
  /** Resolves when the table is active. `ttlAttribute` holds Unix time in seconds. */
  readonly createTable: (input: CreateTableCommandInput, ttlAttribute?: string) => Promise<void>;
  /** Deletes every item whose time to live is over, and counts them. */
  readonly sweep: () => Promise<number>;
  /** All items of a table as plain values, as they truly are. */
  readonly scan: (table: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => void;
}

export const createTables = ({ clock, eventualConsistencyMs: lagMs = 0, ...place }: TablesOptions): Tables => {
  const engine = lagMs > 0 ? createEventualEngine({ clock, lagMs, ...place }) : createEngine(place);
  const client = createInProcessClient(engine);
  const ttlAttributes = new Map<string, string>();
  const timeToLive = createTimeToLiveApi(
    ttlAttributes,
    async (name) => (await describeTable(client, name)) !== undefined,
  );

  const answer = async (incoming: IncomingMessage, response: ServerResponse, body?: Buffer): Promise<void> => {
    const request = await readWireRequest(incoming, body);
    const operation = operationOf(request);
    const missing = missingOperation(operation);
    if (missing !== undefined) {
      response.writeHead(missing.statusCode, missing.headers).end(missing.body);
    } else if (isTimeToLiveOperation(operation)) {
      const answered = await timeToLive(operation, request.body.toString());
      response.writeHead(answered.statusCode, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answered.body));
    } else {
      const answered = await engine(request);
      response.writeHead(answered.statusCode, answered.headers).end(answered.body);
    }
  };

  return {
    handle: (request, response, body) => {
      // Fails for a request that broke off and for a fault in here: the connection goes, and the sender sees that.
      answer(request, response, body).catch((error) => response.destroy(error));
    },
    createTable: async (input, ttlAttribute) => {
      await client.send(new CreateTableCommand(input));
      await whenActive(client, input.TableName);
      if (input.TableName !== undefined && ttlAttribute !== undefined) ttlAttributes.set(input.TableName, ttlAttribute);
    },
    sweep: async () => {
      const nowSeconds = Math.floor(clock.nowMs() / 1000);
      let deleted = 0;
      for (const [name, ttlAttribute] of ttlAttributes) {
        const keys = ((await describeTable(client, name))?.KeySchema ?? []).flatMap((key) => key.AttributeName ?? []);
        if (keys.length > 0) deleted += await sweepTable(client, { name, keys, ttlAttribute }, nowSeconds);
      }
      return deleted;
    },
    scan: async (table) => {
      const items = [];
      const pages = paginateScan({ client }, { TableName: table, ConsistentRead: true });
      for await (const page of pages) items.push(...(page.Items ?? []));
      return items;
    },
    close: () => client.destroy(),
  };
};
