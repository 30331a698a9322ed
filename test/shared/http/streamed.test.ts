import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestStream } from '../../../shared/http/streamed.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

let server: HttpServer;
/** Settles when the client of the last silent answer has gone. */
let gone: Promise<void>;
beforeAll(async () => {
  server = await startServer((request, response) => {
    gone = new Promise((resolve) => response.once('close', () => resolve()));
    switch (request.url) {
      case '/silent':
        return;
      case '/falls-silent':
        response.write('the first piece');
        return;
      default: {
        response.write('one');
        setTimeout(() => response.end('other'), 60);
      }
    }
  });
});
afterAll(() => server.close());

const open = (path: string, idleMs: number) =>
  requestStream(new URL(path, server.url), { idleMs, brokeOff: (cause) => new Error('it broke off', { cause }) });

describe('a peer that says nothing', () => {
  it('is left when it does not answer', async () => {
    await expect(open('/silent', 50)).rejects.toThrow('it broke off');
    await gone;
  });

  it('is left when it falls silent', async () => {
    const pieces: string[] = [];
    const reading = async () => {
      const response = await open('/falls-silent', 500);
      for await (const piece of response.pieces) pieces.push(Buffer.from(piece).toString());
    };
    await expect(reading()).rejects.toThrow('it broke off');
    expect(pieces).toEqual(['the first piece']);
    await gone;
  });

  it('is left when nobody reads what it says', async () => {
    await open('/falls-silent', 50);
    await gone;
  });

  it('is not one whose reader takes its time', async () => {
    const response = await open('/slow-reader', 500);
    const pieces: string[] = [];
    for await (const piece of response.pieces) {
      pieces.push(Buffer.from(piece).toString());
      await sleep(700);
    }
    expect(pieces.join('')).toBe('oneother');
  });

  it('is left at once when the answer is not wanted', async () => {
    const response = await open('/falls-silent', 60_000);
    response.end();
    await gone;
  });
});
