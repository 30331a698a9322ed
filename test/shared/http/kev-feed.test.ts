import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kevFeed } from '../../../shared/http/kev-feed.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

let server: HttpServer;
let seen: string[] = [];
beforeAll(async () => {
  server = await startServer((request, response) => {
    seen.push(request.url ?? '');
    switch (request.url) {
      case '/feed':
        return response.end('{"title":"関所"}');
      case '/marked':
        return response.end('\u{feff}{}');
      case '/zipped':
        return response.setHeader('content-encoding', 'gzip').end(gzipSync('{"a":1}'));
      case '/large':
        return response.end(Buffer.alloc(20_000_001, ' '));
      case '/bomb':
        return response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(30_000_000, ' ')));
      case '/redirect':
        return response.writeHead(302, { location: '/feed' }).end();
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

const read = (path: string) => kevFeed(`${server.url}${path}`).fetch();

describe('CISA’s feed', () => {
  it.each([
    ['as it is', '/feed', '{"title":"関所"}'],
    ['without the mark of its encoding', '/marked', '{}'],
    ['unzipped', '/zipped', '{"a":1}'],
  ])('is read %s', async (_, path, text) => {
    expect(await read(path)).toBe(text);
  });

  it.each(['/large', '/bomb'])('over 20 MB is given up: %s', async (path) => {
    await expect(read(path)).rejects.toMatchObject({ code: 'TOO_LARGE', retryable: false });
  });

  it.each([403, 404, 500, 503])('answered with %i may be there at the next try', async (status) => {
    await expect(read(`/${status}`)).rejects.toMatchObject({
      code: 'FEED_UNAVAILABLE',
      retryable: true,
      message: `CISA’s feed answered ${status}.`,
    });
  });

  it('follows no redirect, and says so', async () => {
    seen = [];
    await expect(read('/redirect')).rejects.toMatchObject({ message: 'CISA’s feed answered 302.' });
    expect(seen).toEqual(['/redirect']);
  });

  it('that breaks off may be whole at the next try', async () => {
    await expect(read('/broken')).rejects.toMatchObject({
      code: 'FEED_UNAVAILABLE',
      message: 'CISA’s feed broke off.',
    });
  });

  it('of nobody may be there at the next try', async () => {
    await expect(kevFeed('http://127.0.0.1:1/').fetch()).rejects.toMatchObject({ code: 'FEED_UNAVAILABLE' });
  });

  it.each(['http://feeds.example.com/kev.json', 'file:///etc/passwd', 'kev.json'])(
    'at %s is not asked for: its address is refused',
    async (address) => {
      await expect(kevFeed(address).fetch()).rejects.toMatchObject({ code: 'ADDRESS_REFUSED', retryable: false });
    },
  );
});
