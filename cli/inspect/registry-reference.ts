/** A reference as people write it for `docker pull`: `debian:12`, `ghcr.io/org/app@sha256:…`, `127.0.0.1:4700/shop/app:1`. */
import { type Digest, parseDigest } from '../../shared/image/digest.ts';

export interface RegistryReference {
  /** To be spoken to: `registry-1.docker.io`. */
  readonly host: string;
  /** As it is written: `docker.io`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
/** Names are at most so long in every registry; the patterns above are not tried on more. */
const LONGEST = 1_000;

/** Whether it can stand in a registry's address. What an image says of other images is nobody's checked name. */
export const isTagInRegistry = (repository: string, tag: string): boolean =>
  repository.length + tag.length <= LONGEST && REPOSITORY.test(repository) && TAG.test(tag);

/** Without a tag or a digest it is `latest`. Throws a TypeError with a sentence for what is no reference. */
export const parseRegistryReference = (text: string): RegistryReference => {
  if (text.length > LONGEST) throw new TypeError('the reference is longer than any registry takes');
  const [name = '', digestText, ...more] = text.split('@');
  const digest = parseDigest(digestText);
  // Not quoted: what stands before an @ may be a password.
  if (more.length > 0 || (digestText !== undefined && digest === undefined))
    throw new TypeError('what follows the @ is no digest: it is written @sha256: and 64 hex digits');
  const { registry, path } = splitHost(name);
  const colon = path.lastIndexOf(':');
  const tag = colon < 0 ? undefined : path.slice(colon + 1);
  const named = colon < 0 ? path : path.slice(0, colon);
  const repository = registry === 'docker.io' && !named.includes('/') ? `library/${named}` : named;
  if (!HOST.test(registry) || !REPOSITORY.test(repository) || (tag !== undefined && !TAG.test(tag)))
    throw new TypeError(`${text} is neither a file, nor oci:DIR, nor a reference like registry.example/shop/app:1.4`);
  return {
    host: registry === 'docker.io' ? 'registry-1.docker.io' : registry,
    registry,
    repository,
    ...(tag === undefined ? digest === undefined && { tag: 'latest' } : { tag }),
    ...(digest !== undefined && { digest }),
  };
};

/** The first part is a host if it looks like one, as Docker decides it. */
const splitHost = (name: string): { readonly registry: string; readonly path: string } => {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  return slash > 0 && (/[.:]/.test(first) || first === 'localhost')
    ? { registry: first, path: name.slice(slash + 1) }
    : { registry: 'docker.io', path: name };
};
