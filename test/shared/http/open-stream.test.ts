import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStream } from '../../../shared/http/open-stream.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

const MEGABYTE = Buffer.alloc(1024 * 1024, 7);
let server: HttpServer;
let seen: string[] = [];
/** Settles when the client of the endless download has gone. */
let gone: Promise<void>;
beforeAll(async () => {
  server = await startServer((request, response) => {
    seen.push(request.url ?? '');
    switch (request.url) {
      case '/bytes':
        return response.end(MEGABYTE);
      case '/empty':
        return response.end();
      case '/endless': {
        gone = new Promise((resolve) => response.once('close', () => resolve()));
        const more = (): void => {
          if (!response.destroyed) response.write(MEGABYTE, () => setImmediate(more));
        };
        return more();
      }
      case '/redirect':
        return response.writeHead(307, { location: '/bytes' }).end();
      case '/broken':
        response.writeHead(200, { 'content-length': '100' });
        response.write('ten bytes.', () => response.destroy());
        return;
      default:
        return response.writeHead(Number(request.url?.slice(1))).end('words of the server');
    }
  });
});
afterAll(() => server.close());

const open = (path: string) => openStream(`${server.url}${path}`);
const read = async (path: string): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of await open(path)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('a stream', () => {
  it('gives the bytes as they came', async () => {
    expect((await read('/bytes')).equals(MEGABYTE)).toBe(true);
    expect(await read('/empty')).toEqual(Buffer.alloc(0));
  });

  it('that is broken off ends the download', async () => {
    let bytes = 0;
    for await (const piece of await open('/endless')) {
      bytes += piece.length;
      if (bytes > 3 * MEGABYTE.length) break;
    }
    await gone;
  });

  it('whose reader throws ends the download', async () => {
    const reading = async () => {
      for await (const _ of await open('/endless')) throw new TypeError('of the reader');
    };
    await expect(reading()).rejects.toThrow(new TypeError('of the reader'));
    await gone;
  });

  it('follows no redirect', async () => {
    seen = [];
    await expect(open('/redirect')).rejects.toMatchObject({
      code: 'AWS_UNAVAILABLE',
      message: 'The download answered 307.',
    });
    expect(seen).toEqual(['/redirect']);
  });

  it('that breaks off may be whole at the next try', async () => {
    await expect(read('/broken')).rejects.toMatchObject({
      code: 'AWS_UNAVAILABLE',
      retryable: true,
      message: 'The download broke off.',
    });
  });

  it.each([204, 403, 404, 500, 503])('answered with %i may succeed at the next try', async (status) => {
    await expect(open(`/${status}`)).rejects.toMatchObject({
      code: 'AWS_UNAVAILABLE',
      message: `The download answered ${status}.`,
    });
  });

  it('from nobody may succeed at the next try', async () => {
    await expect(openStream('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
  });

  it.each(['https://example.com/', 'http://prod.s3.amazonaws.com/', 'file:///etc/passwd', 'no address'])(
    'from an address that is not of AWS is not begun: %s',
    async (address) => {
      await expect(openStream(address)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED', retryable: false });
    },
  );
});
