/** DynamoDB in this process: dynalite for the tables, and time to live by the runtime's own clock. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { createInProcessClient } from './in-process-client.ts';
import { sweepTable } from './sweep.ts';
import { createTimeToLiveApi, isTimeToLiveOperation } from './time-to-live-api.ts';
import { forward, operationOf, readWireRequest } from './wire-request.ts';

export interface Tables {
  /** Answers one request in DynamoDB's wire protocol. `body` is for a server that has already read it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, body?: Buffer) => void;
  /** Resolves when the table is active. `ttlAttribute` holds Unix time in seconds. */
  readonly createTable: (input: CreateTableCommandInput, ttlAttribute?: string) => Promise<void>;
  /** Deletes every item whose time to live is over, and counts them. */
  readonly sweep: () => Promise<number>;
  /** All items of a table as plain values. */
  readonly scan: (table: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => void;
}

export const createTables = ({ clock }: { readonly clock: { readonly nowMs: () => number } }): Tables => {
  const engine = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  const client = createInProcessClient(engine);
  const ttlAttributes = new Map<string, string>();

  const describe = async (name: string | undefined): Promise<TableDescription | undefined> => {
    try {
      return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
  const timeToLive = createTimeToLiveApi(ttlAttributes, async (name) => (await describe(name)) !== undefined);

  const answer = async (incoming: IncomingMessage, response: ServerResponse, body?: Buffer): Promise<void> => {
    const request = await readWireRequest(incoming, body);
    const operation = operationOf(request);
    if (!isTimeToLiveOperation(operation)) return forward(engine, request, response);
    const answered = await timeToLive(operation, request.body.toString());
    response.writeHead(answered.statusCode, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answered.body));
  };

  return {
    handle: (request, response, body) => {
      // Fails only for a request that broke off: the connection goes, and the sender sees that.
      answer(request, response, body).catch((error) => response.destroy(error));
    },
    createTable: async (input, ttlAttribute) => {
      await client.send(new CreateTableCommand(input));
      while ((await describe(input.TableName))?.TableStatus !== 'ACTIVE') await wait(1);
      if (input.TableName !== undefined && ttlAttribute !== undefined) ttlAttributes.set(input.TableName, ttlAttribute);
    },
    sweep: async () => {
      const nowSeconds = Math.floor(clock.nowMs() / 1000);
      let deleted = 0;
      for (const [name, ttlAttribute] of ttlAttributes) {
        const keys = ((await describe(name))?.KeySchema ?? []).flatMap((key) => key.AttributeName ?? []);
        if (keys.length > 0) deleted += await sweepTable(client, { name, keys, ttlAttribute }, nowSeconds);
      }
      return deleted;
    },
    scan: async (table) => {
      const items = [];
      for await (const page of paginateScan({ client }, { TableName: table })) items.push(...(page.Items ?? []));
      return items;
    },
    close: () => client.destroy(),
  };
};
