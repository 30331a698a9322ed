import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Front, type FrontRoutes, listen } from '../../local/front.ts';
import { ask, signedFor } from './front-client.ts';

let front: Front;
let faults: unknown[];
beforeEach(async () => {
  faults = [];
  front = await listen(0, (error) => faults.push(error));
});
afterEach(() => front.close());

/** Each route answers with its own name. */
const named = (name: string) => (_request: unknown, response: { end: (text: string) => void }) => response.end(name);
const ROUTES: FrontRoutes = {
  queues: named('queues'),
  tables: named('tables'),
  buckets: named('buckets'),
  services: named('services'),
  registry: named('registry'),
  own: named('own'),
};

describe('the front', () => {
  it.each(['/', '/_local/state', '/v2/'])('answers 503 to %s until it is opened', async (path) => {
    expect(await ask(front.port, 'GET', path)).toMatchObject({ status: 503, body: 'the local runtime is starting' });
    front.open(ROUTES);
    expect((await ask(front.port, 'GET', path)).status).toBe(200);
  });

  it.each<[string, string, string | undefined, string]>([
    ['/', 'POST', signedFor('sqs'), 'queues'],
    ['/111122223333/work', 'POST', signedFor('sqs'), 'queues'],
    // The queues' library has these too; the template has none, so they are refused like every other service.
    ['/', 'POST', signedFor('sns'), 'services'],
    ['/bucket/key', 'PUT', signedFor('s3'), 'buckets'],
    ['/', 'POST', signedFor('dynamodb'), 'tables'],
    ['/findings/import', 'POST', signedFor('securityhub'), 'services'],
    ['/', 'POST', signedFor('ecr'), 'services'],
    ['/v2/findings', 'POST', signedFor('securityhub'), 'services'],
    ['/v2/', 'GET', undefined, 'registry'],
    ['/v2', 'GET', undefined, 'registry'],
    ['/v2/team/app/manifests/1.0', 'GET', 'Basic QVdTOnBhc3N3b3Jk', 'registry'],
    ['/v2x', 'GET', undefined, 'services'],
    ['/', 'GET', undefined, 'own'],
    ['/anything', 'GET', undefined, 'services'],
    ['/_local', 'GET', undefined, 'own'],
    ['/_local/state', 'GET', undefined, 'own'],
    ['/_local/state', 'POST', signedFor('sqs'), 'own'],
    ['/_locals', 'GET', undefined, 'services'],
  ])('gives %s by %s to its part, by signature and path', async (path, method, authorization, name) => {
    front.open(ROUTES);
    const { body } = await ask(front.port, method, path, { ...(authorization !== undefined && { authorization }) });
    expect(body).toBe(name);
  });

  it.each<[string, { readonly host?: string; readonly origin?: string }]>([
    ['its own address', {}],
    ['localhost', { host: 'localhost:4700' }],
    ['a page of its own', { host: '127.0.0.1:4700', origin: 'http://127.0.0.1:4700' }],
  ])('lets its own part be asked by %s', async (_title, headers) => {
    front.open(ROUTES);
    expect(await ask(front.port, 'POST', '/_local/clock', headers)).toMatchObject({ status: 200, body: 'own' });
  });

  it.each<[string, { readonly host?: string; readonly origin?: string }]>([
    ['elsewhere', { origin: 'https://pages.example.com' }],
    ['nowhere, as files and frames are', { origin: 'null' }],
    ['another port of this machine', { host: '127.0.0.1:4700', origin: 'http://127.0.0.1:3000' }],
    ['a name that was made to lead here', { host: 'pages.example.com:4700' }],
    ['a name that begins like ours', { host: 'localhost.example.com' }],
  ])('refuses its own part to a page from %s', async (_title, headers) => {
    front.open(ROUTES);
    expect((await ask(front.port, 'POST', '/_local/clock', headers)).status).toBe(403);
  });

  it('answers 500 when a part fails, reports it, and goes on', async () => {
    const failure = new Error('broken');
    front.open({ ...ROUTES, own: () => Promise.reject(failure) });
    expect((await ask(front.port, 'GET', '/_local/state')).status).toBe(500);
    expect(faults).toEqual([failure]);
    expect((await ask(front.port, 'GET', '/v2/')).body).toBe('registry');
  });

  it('breaks an answer off that was begun when its part fails', async () => {
    front.open({
      ...ROUTES,
      own: async (_request, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('half');
        throw new Error('broken');
      },
    });
    await expect(ask(front.port, 'GET', '/_local/state')).rejects.toThrow();
    expect(faults).toHaveLength(1);
  });

  it('says which port is taken', async () => {
    await expect(listen(front.port, () => undefined)).rejects.toThrow(`port ${front.port} is taken`);
  });

  it('ends connections that wait when it is closed', async () => {
    front.open({ ...ROUTES, own: () => undefined });
    const waiting = ask(front.port, 'GET', '/_local/state');
    // Only a request that has arrived is a connection that waits.
    await ask(front.port, 'GET', '/v2/');
    const broken = expect(waiting).rejects.toThrow();
    await front.close();
    await broken;
  });
});
