import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerLogin } from '../../../cli/inspect/docker-login.ts';

let folder: string;
const { PATH, DOCKER_CONFIG } = process.env;
const put = (name: string, value: string | undefined): void => {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
};
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-login-'));
  process.env.DOCKER_CONFIG = folder;
  process.env.PATH = `${folder}:${PATH}`;
  await helper('works', 'read -r key; [ "$key" = ghcr.io ] && echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"p-$1\\"}"');
  await helper('fails', 'echo "credentials not found" >&2; exit 1');
  await helper('babbles', 'echo hello');
});
afterAll(async () => {
  put('PATH', PATH);
  put('DOCKER_CONFIG', DOCKER_CONFIG);
  await rm(folder, { recursive: true });
});

const helper = async (name: string, script: string): Promise<void> => {
  const file = path.join(folder, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
};
const inBase64 = (text: string): string => Buffer.from(text).toString('base64');
const loginAfter = async (config: object | string, registry = 'ghcr.io') => {
  await writeFile(path.join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return dockerLogin(registry);
};

describe('the login of a registry', () => {
  it.each<[string, object, string?]>([
    ['under its name', { auths: { 'ghcr.io': { auth: inBase64('u:p') } } }],
    ['under its address', { auths: { 'https://ghcr.io': { auth: inBase64('u:p') } } }],
    [
      'under the old name of Docker Hub',
      { auths: { 'https://index.docker.io/v1/': { auth: inBase64('u:p') } } },
      'docker.io',
    ],
  ])('is kept %s', async (_title, config, registry) => {
    expect(await loginAfter(config, registry)).toEqual({ username: 'u', password: 'p' });
  });

  it('may have colons in its password', async () => {
    expect(await loginAfter({ auths: { 'ghcr.io': { auth: inBase64('u:p:q') } } })).toEqual({
      username: 'u',
      password: 'p:q',
    });
  });

  it.each<[string, object]>([
    ['of the registry', { credHelpers: { 'ghcr.io': 'works' }, auths: { 'ghcr.io': {} } }],
    ['of all registries', { credsStore: 'works', auths: { 'ghcr.io': {} } }],
  ])('is asked of the program %s', async (_title, config) => {
    expect(await loginAfter(config)).toEqual({ username: 'u', password: 'p-get' });
  });

  it.each<[string, object | string]>([
    ['there is none', { auths: {} }],
    ['it is another registry’s', { auths: { 'example.com': { auth: inBase64('u:p') } } }],
    ['it has no password', { auths: { 'ghcr.io': { auth: inBase64('u') } } }],
    ['the file is no JSON', 'auths'],
    ['the file is of another kind', '[]'],
    ['the program fails', { credsStore: 'fails' }],
    ['the program says something else', { credsStore: 'babbles' }],
    ['the program is not there', { credsStore: 'none-of-that-name' }],
    ['the program is a path', { credsStore: '../works' }],
  ])('is none where %s', async (_title, config) => {
    expect(await loginAfter(config)).toBeUndefined();
  });

  it('is none where nobody ever logged in', async () => {
    process.env.DOCKER_CONFIG = path.join(folder, 'none');
    expect(await dockerLogin('ghcr.io')).toBeUndefined();
    process.env.DOCKER_CONFIG = folder;
  });
});
