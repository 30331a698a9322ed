/**
 * DynamoDB with eventual consistency at its worst: two copies of the tables, the truth and what was true a while ago.
 * Every write goes to the truth, and to the other copy when its time has come; reads that do not ask for consistency,
 * those of a global index among them, are answered by that one.
 */
import { z } from 'zod';
import { isEventualRead } from './consistent-read.ts';
import { createEngine, type Engine } from './engine.ts';
import { createInProcessClient } from './in-process-client.ts';
import type { Place } from './table-arn.ts';
import { whenActive } from './table-status.ts';
import { operationOf, type WireAnswer, type WireRequest } from './wire-request.ts';

export interface EventualOptions extends Place {
  readonly clock: { readonly nowMs: () => number };
  /** How long a write stays unseen. */
  readonly lagMs: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);
/** They are no part of the lag: a table that is described as active can be read. */
const TABLE_CHANGES = new Set(['CreateTable', 'UpdateTable', 'DeleteTable']);
const Named = z.object({ TableName: z.string() });

/** Runs what it is given one after the other: the second copy has to see the writes in the order of the first. */
const createTurns = (): (<T>(job: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const done = last.then(job);
    // The caller is told when it fails; the next one goes on.
    last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  };
};

export const createEventualEngine = ({ clock, lagMs, ...place }: EventualOptions): Engine => {
  const truth = createEngine(place);
  const past = createEngine(place);
  const pastClient = createInProcessClient(past);
  const inTurn = createTurns();
  /** Not yet seen by eventual reads, the oldest first. */
  const unseen: { readonly writtenMs: number; readonly request: WireRequest }[] = [];

  const repeat = async (request: WireRequest): Promise<void> => {
    const { statusCode, body } = await past(request);
    if (statusCode !== 200) throw new Error(`the copy for eventual reads refused what the table took: ${body}`);
  };

  /** Shows eventual reads what was written up to `untilMs`. */
  const catchUp = async (untilMs: number): Promise<void> => {
    const next = unseen.findIndex(({ writtenMs }) => writtenMs > untilMs);
    for (const { request } of unseen.splice(0, next === -1 ? unseen.length : next)) await repeat(request);
  };

  const write = async (request: WireRequest): Promise<WireAnswer> => {
    await catchUp(clock.nowMs() - lagMs);
    const answered = await truth(request);
    if (answered.statusCode === 200) unseen.push({ writtenMs: clock.nowMs(), request });
    return answered;
  };

  const changeTable = async (request: WireRequest): Promise<WireAnswer> => {
    await catchUp(Number.POSITIVE_INFINITY);
    const answered = await truth(request);
    if (answered.statusCode !== 200) return answered;
    await repeat(request);
    const { TableName: name } = Named.parse(JSON.parse(request.body.toString()));
    if (operationOf(request) !== 'DeleteTable') await whenActive(pastClient, name);
    return answered;
  };

  return (request) => {
    const operation = operationOf(request) ?? '';
    if (WRITES.has(operation)) return inTurn(() => write(request));
    if (TABLE_CHANGES.has(operation)) return inTurn(() => changeTable(request));
    if (!isEventualRead(request)) return truth(request);
    return inTurn(async () => {
      await catchUp(clock.nowMs() - lagMs);
      return past(request);
    });
  };
};
