/** The login that `docker login` has left behind for a registry. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import type { RegistryLogin } from '../../shared/http/registry-client.ts';

const config = z.object({
  auths: z.optional(z.record(z.string(), z.object({ auth: z.optional(z.string()) }))),
  credsStore: z.optional(z.string()),
  credHelpers: z.optional(z.record(z.string(), z.string())),
});

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

/** Under which names a registry's login is kept. Docker Hub has an old one. */
const keysOf = (registry: string): readonly string[] =>
  registry === 'docker.io' ? ['https://index.docker.io/v1/', 'docker.io'] : [registry, `https://${registry}`];

const HELPER = /^[A-Za-z0-9_.-]{1,64}$/;

/** Undefined where there is none: most images can be read by everybody. */
export const dockerLogin = async (registry: string): Promise<RegistryLogin | undefined> => {
  const directory = process.env.DOCKER_CONFIG ?? path.join(homedir(), '.docker');
  const text = await readFile(path.join(directory, 'config.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const read = config.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { auths = {}, credHelpers = {}, credsStore } = read.data;
  for (const key of keysOf(registry)) {
    const helper = credHelpers[key] ?? credsStore;
    const login = helper === undefined ? undefined : await fromHelper(helper, key);
    if (login !== undefined) return login;
    const auth = auths[key]?.auth;
    if (auth !== undefined && auth !== '') return fromAuth(auth);
  }
  return undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** `user:password`, in base64. */
const fromAuth = (auth: string): RegistryLogin | undefined => {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon <= 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
};

/** A program of the user's own, as Docker calls it: the registry on its input, the login on its output. */
const fromHelper = (helper: string, key: string): Promise<RegistryLogin | undefined> =>
  new Promise((resolve) => {
    if (!HELPER.test(helper)) return resolve(undefined);
    const child = execFile(`docker-credential-${helper}`, ['get'], { timeout: 20_000 }, (error, stdout) => {
      const read = error ? undefined : helperAnswer.safeParse(parsed(stdout));
      resolve(read?.success ? { username: read.data.Username, password: read.data.Secret } : undefined);
    });
    child.on('error', () => resolve(undefined));
    child.stdin?.on('error', () => resolve(undefined));
    child.stdin?.end(key);
  });
