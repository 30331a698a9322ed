import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchBytes } from '../../../shared/http/fetch-bytes.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

let server: HttpServer;
let seen: string[] = [];
beforeAll(async () => {
  server = await startServer((request, response) => {
    seen.push(request.url ?? '');
    switch (request.url) {
      case '/bytes':
        return response.end(Buffer.from([0, 255, 10]));
      case '/empty':
        return response.end();
      case '/endless': {
        // No length is announced: only the bytes themselves tell that it is too large.
        const chunk = Buffer.alloc(64 * 1024);
        const more = (): void => {
          if (!response.destroyed) response.write(chunk, () => setImmediate(more));
        };
        return more();
      }
      case '/redirect':
        return response.writeHead(302, { location: '/bytes' }).end();
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

const read = (path: string, limitBytes = 1000) => fetchBytes(`${server.url}${path}`, { limitBytes });

describe('a download', () => {
  it('gives the bytes as they came', async () => {
    expect(await read('/bytes')).toEqual(Buffer.from([0, 255, 10]));
    expect(await read('/empty')).toEqual(Buffer.alloc(0));
  });

  it('may have as many bytes as the limit, and not one more', async () => {
    expect(await read('/bytes', 3)).toHaveLength(3);
    await expect(read('/bytes', 2)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: 'The document is larger than 2 bytes.',
    });
  });

  it('that never ends is given up at the limit', async () => {
    await expect(read('/endless', 200_000)).rejects.toMatchObject({ code: 'TOO_LARGE', retryable: false });
  });

  it('follows no redirect', async () => {
    seen = [];
    await expect(read('/redirect')).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
    expect(seen).toEqual(['/redirect']);
  });

  it('that breaks off may be whole at the next try', async () => {
    await expect(read('/broken')).rejects.toMatchObject({
      code: 'AWS_UNAVAILABLE',
      retryable: true,
      message: 'The download broke off.',
    });
  });

  it.each([403, 404, 500, 503])('answered with %i may succeed at the next try', async (status) => {
    await expect(read(`/${status}`)).rejects.toMatchObject({
      code: 'AWS_UNAVAILABLE',
      message: `The download answered ${status}.`,
    });
  });

  it('from nobody may succeed at the next try', async () => {
    const silent = fetchBytes('http://127.0.0.1:1/', { limitBytes: 1 });
    await expect(silent).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
  });

  it('from an address that is not of AWS is not begun', async () => {
    const elsewhere = fetchBytes('https://example.com/', { limitBytes: 1 });
    await expect(elsewhere).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  });
});
