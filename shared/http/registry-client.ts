/** A registry by the OCI distribution specification: manifests, blobs and tags, with the login that it asks for. */
import { SekishoError } from '../base/errors.ts';
import { nextPage } from './next-page.ts';
import { registryAddress, registryRoot } from './registry-address.ts';
import { authorizationFor, type RegistryLogin } from './registry-login.ts';
import { collectPieces, requestStream, type StreamedResponse } from './streamed.ts';

export type { RegistryLogin } from './registry-login.ts';

export interface RegistryClientOptions {
  /** `registry-1.docker.io`, `127.0.0.1:4700`. Loopback is spoken to in plain http, all others in https. */
  readonly host: string;
  /** Asked for once the registry wants one; undefined: nobody's. */
  readonly login: () => Promise<RegistryLogin | undefined>;
}

export interface RegistryAnswer {
  readonly mediaType: string;
  readonly body: Buffer;
}

/**
 * Names, tags and digests are put into addresses as they are: they were checked before. Throws IMAGE_NOT_FOUND,
 * TOO_LARGE, ADDRESS_REFUSED, REGISTRY_DENIED and REGISTRY_UNAVAILABLE.
 */
export interface RegistryClient {
  /** `reference`: a tag or a digest. */
  readonly manifest: (repository: string, reference: string, accept: readonly string[]) => Promise<RegistryAnswer>;
  readonly blob: (repository: string, digest: string, limitBytes: number) => Promise<Buffer>;
  /** Whoever breaks off the iteration ends the download. */
  readonly openBlob: (repository: string, digest: string) => Promise<AsyncIterable<Uint8Array>>;
  /** The indexes, page by page, of what refers to the manifest; undefined: the registry has no such list. */
  readonly referrers: (repository: string, digest: string) => Promise<readonly Buffer[] | undefined>;
}

type Headers = Readonly<Record<string, string>>;

const MANIFEST_LIMIT_BYTES = 4 * 1024 * 1024;
const MOST_REDIRECTS = 5;
/** An image has a few signatures, SBOMs and attestations, and a page lists more than those. */
const MOST_PAGES = 5;
/** What registries answer that do not know of referrers. */
const NO_REFERRERS: readonly number[] = [400, 404, 405, 501];

export const registryClient = ({ host, login }: RegistryClientOptions): RegistryClient => {
  /** By repository: a token is good for one. */
  const authorizations = new Map<string, string>();

  const get = (repository: string, path: string, headers: Headers = {}): Promise<StreamedResponse> =>
    getAddress(repository, `${registryRoot(host)}${repository}/${path}`, headers);

  const getAddress = async (repository: string, address: string, headers: Headers): Promise<StreamedResponse> => {
    const first = await follow(host, address, withAuthorization(headers, authorizations.get(repository)));
    const text = first.headers.get('www-authenticate');
    // Where the registry led to somebody else, that one's challenge is not answered: it is no login of ours.
    if (first.status !== 401 || text === null || first.isElsewhere) return first;
    const authorization = await authorizationFor({ host, text, repository, login });
    if (authorization === undefined) return first;
    first.end();
    authorizations.set(repository, authorization);
    return follow(host, address, withAuthorization(headers, authorization));
  };

  const found = (response: StreamedResponse, what: string): StreamedResponse => {
    if (response.status === 200) return response;
    response.end();
    throw failure(response.status, host, what);
  };

  return {
    manifest: async (repository, reference, accept) => {
      const what = `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
      const answer = await get(repository, `manifests/${reference}`, { accept: accept.join(', ') });
      const { headers, pieces } = found(answer, what);
      const [mediaType = ''] = (headers.get('content-type') ?? '').split(';');
      return { mediaType: mediaType.trim(), body: await collected(pieces, MANIFEST_LIMIT_BYTES) };
    },
    blob: async (repository, digest, limitBytes) => {
      const { pieces } = found(await get(repository, `blobs/${digest}`), `a blob of ${repository}`);
      return collected(pieces, limitBytes);
    },
    openBlob: async (repository, digest) =>
      found(await get(repository, `blobs/${digest}`), `a layer of ${repository}`).pieces,
    referrers: async (repository, digest) => {
      const what = `what refers to ${repository}@${digest}`;
      const headers = { accept: 'application/vnd.oci.image.index.v1+json' };
      const pages: Buffer[] = [];
      let address: string | undefined = `${registryRoot(host)}${repository}/referrers/${digest}`;
      while (address !== undefined) {
        if (pages.length === MOST_PAGES)
          throw new SekishoError('TOO_LARGE', `The registry ${host} lists ${what} on more than ${MOST_PAGES} pages.`);
        const response = await getAddress(repository, address, headers);
        if (pages.length === 0 && NO_REFERRERS.includes(response.status)) {
          response.end();
          return undefined;
        }
        const { pieces, headers: answered } = found(response, what);
        pages.push(await collected(pieces, MANIFEST_LIMIT_BYTES));
        address = nextPage(answered.get('link'), address, host);
      }
      return pages;
    },
  };
};

const collected = (pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> =>
  collectPieces(
    pieces,
    limitBytes,
    () => new SekishoError('TOO_LARGE', `The document is larger than ${limitBytes} bytes.`),
  );

const withAuthorization = (headers: Headers, authorization: string | undefined): Headers => ({
  ...headers,
  ...(authorization !== undefined && { authorization }),
});

interface FollowedResponse extends StreamedResponse {
  /** It comes from another host than the registry. */
  readonly isElsewhere: boolean;
}

/** Blobs are often kept elsewhere: the login stays behind. */
const follow = async (host: string, address: string, headers: Headers): Promise<FollowedResponse> => {
  const start = registryAddress(address, host);
  let url = start;
  let sent = headers;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await requestStream(url, { headers: sent, brokeOff: unavailable(url.host) });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null)
      return { ...response, isElsewhere: url.host !== start.host };
    response.end();
    url = registryAddress(URL.parse(location, url.href)?.href ?? '', host);
    if (url.host !== start.host) {
      const { authorization: _, ...others } = sent;
      sent = others;
    }
  }
  throw new SekishoError('REGISTRY_UNAVAILABLE', `The registry ${host} sends from one address to the next.`);
};

const unavailable =
  (host: string) =>
  (cause: unknown): SekishoError =>
    new SekishoError('REGISTRY_UNAVAILABLE', `The registry ${host} did not answer, or broke off.`, { cause });

const failure = (status: number, host: string, what: string): SekishoError => {
  if (status === 404) return new SekishoError('IMAGE_NOT_FOUND', `The registry ${host} does not have ${what}.`);
  if (status === 401 || status === 403)
    return new SekishoError(
      'REGISTRY_DENIED',
      `The registry ${host} gives no right to read ${what}: log in with "docker login ${host}" first.`,
    );
  return new SekishoError('REGISTRY_UNAVAILABLE', `The registry ${host} answered ${status} for ${what}.`);
};
