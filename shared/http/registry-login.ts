/** What a registry wants to see before it answers: name and password, or a token that its own service gives for them. */
import { SekishoError } from '../base/errors.ts';
import { registryAddress } from './registry-address.ts';
import { collectPieces, requestStream } from './streamed.ts';

export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

export interface Challenge {
  /** The registry's host. */
  readonly host: string;
  /** Its header `www-authenticate`. */
  readonly text: string;
  readonly repository: string;
  /** Asked for here, and not before; undefined: nobody's. */
  readonly login: () => Promise<RegistryLogin | undefined>;
}

const TOKEN_LIMIT_BYTES = 64 * 1024;
const PARAMETER = /(\w+)="([^"]*)"/g;

/** The value of the header `authorization`; undefined: there is none that would help. Throws the REGISTRY_* codes. */
export const authorizationFor = async ({ host, text, repository, login }: Challenge): Promise<string | undefined> => {
  const known = await login();
  const basic = known && `Basic ${Buffer.from(`${known.username}:${known.password}`, 'utf8').toString('base64')}`;
  if (/^basic\b/i.test(text)) return basic;
  if (!/^bearer\b/i.test(text)) return undefined;
  const { realm, service } = Object.fromEntries([...text.matchAll(PARAMETER)].map(([, name, value]) => [name, value]));
  if (realm === undefined) return undefined;
  const url = registryAddress(realm, host);
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', `repository:${repository}:pull`);
  const token = await tokenFrom(url, basic, repository);
  return token === undefined ? undefined : `Bearer ${token}`;
};

const tokenFrom = async (url: URL, basic: string | undefined, repository: string): Promise<string | undefined> => {
  const { status, pieces, end } = await requestStream(url, {
    ...(basic !== undefined && { headers: { authorization: basic } }),
    brokeOff: (cause) =>
      new SekishoError('REGISTRY_UNAVAILABLE', `The registry's login at ${url.host} did not answer.`, { cause }),
  });
  if (status === 200) {
    const tooLarge = () => new SekishoError('TOO_LARGE', `The token is larger than ${TOKEN_LIMIT_BYTES} bytes.`);
    return readToken(await collectPieces(pieces, TOKEN_LIMIT_BYTES, tooLarge));
  }
  end();
  const isDown = status === 429 || status >= 500;
  throw new SekishoError(
    isDown ? 'REGISTRY_UNAVAILABLE' : 'REGISTRY_DENIED',
    `The registry's login gives no right to pull ${repository}: ${status}.`,
  );
};

const readToken = (body: Buffer): string | undefined => {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    if (typeof answer !== 'object' || answer === null) return undefined;
    const token = 'token' in answer ? answer.token : 'access_token' in answer ? answer.access_token : undefined;
    return typeof token === 'string' ? token : undefined;
  } catch {
    // Without a token the registry's own refusal is what is told.
    return undefined;
  }
};
