import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type RegistryLogin, registryClient } from '../../../shared/http/registry-client.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const DIGEST = `sha256:${createHash('sha256').update('a layer').digest('hex')}`;
const LOGIN: RegistryLogin = { username: 'me', password: 'pass:word' };
const BASIC = `Basic ${Buffer.from('me:pass:word').toString('base64')}`;

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Seen {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
}

const serve = async (listener: RequestListener) => {
  const seen: Seen[] = [];
  const server = await startServer((request, response) => {
    const { authorization, accept } = request.headers;
    seen.push({ url: request.url ?? '', authorization, accept });
    listener(request, response);
  });
  servers.push(server);
  return { seen, host: new URL(server.url).host };
};
/** `login`: asked each time that a registry wants one; counts. */
const clientOf = (host: string, login: RegistryLogin | undefined = undefined) => {
  const logins: string[] = [];
  const client = registryClient({
    host,
    login: async () => {
      logins.push(host);
      return login;
    },
  });
  return { ...client, logins };
};
const answering =
  (status: number, body: string | Buffer = '', headers = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };
const read = async (pieces: AsyncIterable<Uint8Array>): Promise<string> => {
  const collected: Uint8Array[] = [];
  for await (const piece of pieces) collected.push(piece);
  return Buffer.concat(collected).toString('utf8');
};

describe('what a registry gives', () => {
  it('is a manifest by its tag or its digest, with its type', async () => {
    const { host, seen } = await serve(answering(200, '{}', { 'content-type': `${MANIFEST}; charset=utf-8` }));
    const client = clientOf(host);
    expect(await client.manifest('shop/app', '1.4', [MANIFEST, 'a/b'])).toEqual({
      mediaType: MANIFEST,
      body: Buffer.from('{}'),
    });
    await client.manifest('shop/app', DIGEST, [MANIFEST]);
    expect(seen).toEqual([
      { url: '/v2/shop/app/manifests/1.4', authorization: undefined, accept: `${MANIFEST}, a/b` },
      { url: `/v2/shop/app/manifests/${DIGEST}`, authorization: undefined, accept: MANIFEST },
    ]);
    expect(client.logins).toEqual([]);
  });

  it('is a manifest without a type', async () => {
    const { host } = await serve(answering(200, '{}'));
    expect(await clientOf(host).manifest('app', '1', [MANIFEST])).toEqual({ mediaType: '', body: Buffer.from('{}') });
  });

  it('is a blob, whole or piece by piece', async () => {
    const { host, seen } = await serve(answering(200, 'a layer'));
    expect(await clientOf(host).blob('shop/app', DIGEST, 7)).toEqual(Buffer.from('a layer'));
    expect(await read(await clientOf(host).openBlob('shop/app', DIGEST))).toBe('a layer');
    expect(seen.map(({ url }) => url)).toEqual([`/v2/shop/app/blobs/${DIGEST}`, `/v2/shop/app/blobs/${DIGEST}`]);
  });

  it('is the list of what refers to a manifest', async () => {
    const { host, seen } = await serve(answering(200, '{"manifests":[]}'));
    expect(await clientOf(host).referrers('shop/app', DIGEST)).toEqual([Buffer.from('{"manifests":[]}')]);
    expect(seen).toEqual([
      {
        url: `/v2/shop/app/referrers/${DIGEST}`,
        authorization: undefined,
        accept: 'application/vnd.oci.image.index.v1+json',
      },
    ]);
  });

  it('is that list page by page, with the login', async () => {
    const { host, seen } = await serve((request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end();
      else if (request.url?.endsWith('?n=3')) response.end('3');
      else if (request.url?.endsWith('?n=2')) response.writeHead(200, { link: '<?n=3>; rel="next"' }).end('2');
      else response.writeHead(200, { link: `<${request.url}?n=2>; rel="next"` }).end('1');
    });
    expect(await clientOf(host, LOGIN).referrers('app', DIGEST)).toEqual(
      ['1', '2', '3'].map((page) => Buffer.from(page)),
    );
    expect(seen.slice(1).map(({ authorization }) => authorization)).toEqual([BASIC, BASIC, BASIC]);
  });

  it.each([
    ['without an end', '<?again>; rel="next"', 'TOO_LARGE', 5],
    ['with somebody else', '<https://other.example/>; rel="next"', 'ADDRESS_REFUSED', 1],
  ])('is not half of a list whose pages go on %s', async (_, link, code, requests) => {
    const { host, seen } = await serve(answering(200, '{}', { link }));
    await expect(clientOf(host).referrers('app', DIGEST)).rejects.toMatchObject({ code });
    expect(seen).toHaveLength(requests);
  });

  it('is not half of a list whose second page is not there', async () => {
    const { host } = await serve((request, response) => {
      if (request.url?.endsWith('?2')) response.writeHead(404).end();
      else response.writeHead(200, { link: '<?2>; rel="next"' }).end('{}');
    });
    await expect(clientOf(host).referrers('app', DIGEST)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it.each([400, 404, 405, 501])('is no such list where it does not know of any: %i', async (status) => {
    const { host } = await serve(answering(status));
    expect(await clientOf(host).referrers('shop/app', DIGEST)).toBeUndefined();
  });

  it('is no more than was asked for', async () => {
    const { host } = await serve(answering(200, Buffer.alloc(5 * 1024 * 1024)));
    const tooLarge = { code: 'TOO_LARGE', retryable: false };
    await expect(clientOf(host).blob('app', DIGEST, 6)).rejects.toMatchObject(tooLarge);
    await expect(clientOf(host).manifest('app', '1', [MANIFEST])).rejects.toMatchObject(tooLarge);
    await expect(clientOf(host).referrers('app', DIGEST)).rejects.toMatchObject(tooLarge);
  });

  it.each([
    [401, 'REGISTRY_DENIED'],
    [403, 'REGISTRY_DENIED'],
    [404, 'IMAGE_NOT_FOUND'],
    [429, 'REGISTRY_UNAVAILABLE'],
    [500, 'REGISTRY_UNAVAILABLE'],
    [206, 'REGISTRY_UNAVAILABLE'],
  ])('is told as it is where the answer is %i: %s', async (status, code) => {
    const { host } = await serve(answering(status, 'words of the registry'));
    await expect(clientOf(host).manifest('shop/app', '1.4', [MANIFEST])).rejects.toMatchObject({
      code,
      message: expect.stringContaining('shop/app:1.4'),
    });
    await expect(clientOf(host).openBlob('shop/app', DIGEST)).rejects.toMatchObject({ code });
  });

  it('may be whole at the next try where it breaks off, or where nobody answers', async () => {
    const { host } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('ten bytes.', () => response.destroy());
    });
    const unavailable = { code: 'REGISTRY_UNAVAILABLE', retryable: true };
    await expect(clientOf(host).blob('app', DIGEST, 100)).rejects.toMatchObject(unavailable);
    await expect(clientOf('127.0.0.1:1').blob('app', DIGEST, 100)).rejects.toMatchObject(unavailable);
  });
});

describe('a registry that wants a login', () => {
  const behind =
    (accepted: string, challenge: string): RequestListener =>
    (request, response) => {
      if (request.headers.authorization === accepted) response.end('a layer');
      else response.writeHead(401, { 'www-authenticate': challenge }).end();
    };

  it('is given name and password where it asks for those, and again without being asked', async () => {
    const { host, seen } = await serve(behind(BASIC, 'Basic realm="registry"'));
    const client = clientOf(host, LOGIN);
    await client.blob('shop/app', DIGEST, 100);
    await client.blob('shop/app', DIGEST, 100);
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC]);
    expect(client.logins).toHaveLength(1);
  });

  it.each([
    ['with a login', LOGIN, BASIC, 'token'],
    ['without one', undefined, undefined, 'token'],
    ['that calls it by its other name', undefined, undefined, 'access_token'],
  ])('is given a token of its own service, for one repository: %s', async (_, login, authorization, name) => {
    const service = await serve(answering(200, JSON.stringify({ [name]: 'secret' })));
    const challenge = `Bearer realm="http://${service.host}/token?a=b",service="the registry"`;
    const { host, seen } = await serve(behind('Bearer secret', challenge));
    const client = clientOf(host, login);
    expect(await read(await client.openBlob('shop/app', DIGEST))).toBe('a layer');
    await client.openBlob('shop/other', DIGEST);
    const scope = (repository: string) =>
      `/token?a=b&service=the+registry&scope=repository%3Ashop%2F${repository}%3Apull`;
    expect(service.seen).toEqual([
      { url: scope('app'), authorization, accept: '*/*' },
      { url: scope('other'), authorization, accept: '*/*' },
    ]);
    expect(seen.map((one) => one.authorization)).toEqual([undefined, 'Bearer secret', undefined, 'Bearer secret']);
  });

  it('whose token is over is asked for another', async () => {
    let token = 0;
    const service = await serve((_, response) => {
      token += 1;
      response.end(JSON.stringify({ token: `token-${token}` }));
    });
    const { host, seen } = await serve((request, response) =>
      behind(`Bearer token-${seen.length < 4 ? 1 : 2}`, `Bearer realm="http://${service.host}/"`)(request, response),
    );
    const client = clientOf(host);
    for (let at = 0; at < 3; at += 1) await client.blob('app', DIGEST, 100);
    expect(seen.map(({ authorization }) => authorization)).toEqual([
      undefined,
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it.each<[string, string, RequestListener, string]>([
    ['denies it', 'Bearer realm="REALM"', answering(403), 'REGISTRY_DENIED'],
    ['is down', 'Bearer realm="REALM"', answering(503), 'REGISTRY_UNAVAILABLE'],
    ['gives no token', 'Bearer realm="REALM"', answering(200, '{"token":7}'), 'REGISTRY_DENIED'],
    ['gives no JSON', 'Bearer realm="REALM"', answering(200, 'null'), 'REGISTRY_DENIED'],
    ['gives far too much', 'Bearer realm="REALM"', answering(200, 'x'.repeat(100_000)), 'TOO_LARGE'],
    ['sends elsewhere', 'Bearer realm="REALM"', answering(302, '', { location: '/' }), 'REGISTRY_DENIED'],
    ['is nowhere', 'Bearer service="a"', answering(200), 'REGISTRY_DENIED'],
    ['is no address', 'Bearer realm="token"', answering(200), 'ADDRESS_REFUSED'],
    ['is in plain http', 'Bearer realm="http://registry.example/token"', answering(200), 'ADDRESS_REFUSED'],
    ['wants something else', 'Negotiate', answering(200), 'REGISTRY_DENIED'],
  ])('whose service %s', async (_, challenge, listener, code) => {
    const service = await serve(listener);
    const text = challenge.replace('REALM', `http://${service.host}/`);
    const { host } = await serve(answering(401, '', { 'www-authenticate': text }));
    await expect(clientOf(host, LOGIN).blob('app', DIGEST, 100)).rejects.toMatchObject({ code });
  });

  it('and does not take it says so', async () => {
    const { host, seen } = await serve(answering(401, '', { 'www-authenticate': 'Basic realm="a"' }));
    await expect(clientOf(host, LOGIN).manifest('shop/app', '1', [MANIFEST])).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      message: `The registry ${host} gives no right to read shop/app:1: log in with "docker login ${host}" first.`,
    });
    expect(seen).toHaveLength(2);
  });
});

describe('a registry that keeps its blobs elsewhere', () => {
  it('is followed, and the login stays behind', async () => {
    const storage = await serve(answering(200, 'a layer'));
    const { host, seen } = await serve((request, response) => {
      if (request.headers.authorization === BASIC)
        response.writeHead(307, { location: `http://${storage.host}/there?signature=x` }).end();
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end();
    });
    expect(await read(await clientOf(host, LOGIN).openBlob('app', DIGEST))).toBe('a layer');
    expect(seen.at(-1)?.authorization).toBe(BASIC);
    expect(storage.seen).toEqual([{ url: '/there?signature=x', authorization: undefined, accept: '*/*' }]);
  });

  it('is followed within itself with the login', async () => {
    const { host, seen } = await serve((request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end();
      else if (request.url === '/there') response.end('a layer');
      else response.writeHead(302, { location: '../../../../there' }).end();
    });
    await clientOf(host, LOGIN).blob('app', DIGEST, 100);
    expect(seen.at(-1)).toMatchObject({ url: '/there', authorization: BASIC });
  });

  it('never leads the login to somebody who asks for it there', async () => {
    const stranger = await serve(answering(401, '', { 'www-authenticate': 'Basic realm="a"' }));
    const { host } = await serve(answering(307, '', { location: `http://${stranger.host}/` }));
    const client = clientOf(host, LOGIN);
    await expect(client.blob('app', DIGEST, 100)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(client.logins).toEqual([]);
    expect(stranger.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it.each([
    ['in plain http', 'http://storage.example/'],
    ['that is none', 'http://'],
    ['with credentials', 'https://me:pass@storage.example/'],
    ['of a file', 'file:///etc/passwd'],
  ])('is not followed to an address %s', async (_, location) => {
    const { host } = await serve(answering(307, '', { location }));
    await expect(clientOf(host).blob('app', DIGEST, 100)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  });

  it('is not followed for ever', async () => {
    const { host, seen } = await serve(answering(307, '', { location: '/again' }));
    await expect(clientOf(host).blob('app', DIGEST, 100)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(seen).toHaveLength(6);
  });
});
