/** Names of images, as people write them and as package URLs do, in the one full form. */

const REFERENCE = /^[a-z0-9][\w.:/@-]{0,511}$/i;
const DIGEST = /@sha256:[a-f0-9]{64}$/;
/** Docker takes both for the registry that is meant where none is named. */
const HUB: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io']);

/**
 * `debian:12` and `docker.io/debian:12` → `docker.io/library/debian:12`, the digest left out; undefined for what is no
 * name of an image.
 */
export const fullImageName = (written: string): string | undefined => {
  if (!REFERENCE.test(written)) return undefined;
  const name = written.replace(DIGEST, '');
  if (name.includes('@')) return undefined;
  const slash = name.indexOf('/');
  const host = slash < 0 ? '' : name.slice(0, slash);
  const isHost = host === 'localhost' || /[.:]/.test(host);
  const path = isHost && !HUB.has(host) ? name : onHub(isHost ? name.slice(slash + 1) : name);
  // Where a digest says which one it is, no tag was meant.
  return path.slice(path.lastIndexOf('/')).includes(':') || DIGEST.test(written) ? path : `${path}:latest`;
};

const onHub = (name: string): string => `docker.io/${name.includes('/') ? '' : 'library/'}${name}`;

/** `pkg:docker/team/app@1.2?platform=linux%2Famd64`; undefined for other package URLs. */
export const imageNameFromPurl = (purl: string): string | undefined => {
  const [, path = '', version, qualifiers = ''] =
    /^pkg:docker\/([^@?#]+)(?:@([^?#]+))?(?:\?([^#]*))?$/.exec(purl) ?? [];
  const name = decoded(path);
  const tag = decoded(version ?? '');
  if (!name || tag === undefined) return undefined;
  const digest = tag.startsWith('sha256:') ? tag : (new URLSearchParams(qualifiers).get('digest') ?? '');
  const tagged = tag === '' || tag === digest ? name : `${name}:${tag}`;
  return fullImageName(digest === '' ? tagged : `${tagged}@${digest}`);
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` is no encoding of anything: whatever it names is no image.
    return undefined;
  }
};
