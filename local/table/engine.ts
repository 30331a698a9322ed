/** A DynamoDB in memory: takes requests of the wire protocol one by one, without a socket. */
import { Readable } from 'node:stream';
import dynalite from 'dynalite';
import { type Place, withArnsOf } from './table-arn.ts';
import { operationOf, type WireAnswer, type WireRequest } from './wire-request.ts';

/** Rejects only on a fault of this program: what DynamoDB refuses is an answer. */
export type Engine = (request: WireRequest) => Promise<WireAnswer>;

export const createEngine = (place: Place): Engine => {
  const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  // It gets a finished request and never the connection itself: it would end the process when a client hangs up
  // halfway, as a function does that runs out of time.
  return (request) =>
    new Promise((resolve) => {
      const headers: Record<string, string> = {};
      const response = {
        statusCode: 200,
        setHeader: (name: string, value: string | number) => {
          headers[name.toLowerCase()] = String(value);
        },
        end: (body = '') =>
          resolve(withArnsOf(place, operationOf(request), { statusCode: response.statusCode, headers, body })),
      };
      const { body: sent, ...head } = request;
      server.emit('request', Object.assign(Readable.from([sent]), head), response);
    });
};
