/** An image in a registry, by the distribution specification; what lies in ECR needs no other client. */
import { ecrLogin } from '../../shared/aws/ecr-login.ts';
import { SekishoError, sekishoErrorFrom } from '../../shared/base/errors.ts';
import { type Known, known, unknown } from '../../shared/base/known.ts';
import { type RegistryLogin, registryClient } from '../../shared/http/registry-client.ts';
import { type Digest, digestHex } from '../../shared/image/digest.ts';
import { parseManifest } from '../../shared/image/manifest.ts';
import { MANIFEST_MEDIA_TYPES } from '../../shared/image/media-types.ts';
import type { Referrer } from '../../shared/pipeline/inspection-ports.ts';
import { dockerLogin } from './docker-login.ts';
import { type ImageStore, outsideAws } from './image-store.ts';
import { isTagInRegistry, type RegistryReference } from './registry-reference.ts';
import { sha256 } from './sha256.ts';

const BLOB_LIMIT_BYTES = 16 * 1024 * 1024;
const ECR_HOST = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** Throws IMAGE_NOT_FOUND, DIGEST_MISMATCH and the REGISTRY_* codes. */
export const openRegistryImage = async (
  { host, registry, repository, tag, digest }: RegistryReference,
  reference: string,
): Promise<ImageStore> => {
  const client = registryClient({ host, login: () => loginTo(registry) });
  const manifestOf = async (from: string, name: string) => {
    const { mediaType, body } = await client.manifest(from, name, MANIFEST_MEDIA_TYPES);
    return { mediaType, body: body.toString('utf8'), digest: sha256(body) };
  };
  const checked = async (from: string, wanted: Digest) => {
    const answer = await manifestOf(from, wanted);
    if (answer.digest !== wanted) throw mismatch(host, wanted, answer.digest);
    return answer;
  };
  const first =
    digest === undefined ? await manifestOf(repository, tag ?? 'latest') : await checked(repository, digest);
  return {
    image: outsideAws(repository, first.digest),
    reference,
    ...(tag !== undefined && { tag }),
    registry,
    images: {
      fetchManifest: async (image) => (image.digest === first.digest ? first : checked(image.repository, image.digest)),
      fetchBlob: async (_image, wanted) => {
        const bytes = await client.blob(repository, wanted, BLOB_LIMIT_BYTES);
        if (sha256(bytes) !== wanted) throw mismatch(host, wanted, sha256(bytes));
        return bytes.toString('utf8');
      },
    },
    layers: { open: (_image, layer) => client.openBlob(repository, layer) },
    facts: {
      referrersOf: (image) =>
        asKnown(async () => {
          const pages = await client.referrers(repository, image.digest);
          if (pages !== undefined) return pages.flatMap((page) => referrersIn(page.toString('utf8')));
          // The OCI's fallback: who attaches something writes the list under a tag.
          const listed = await orNone(manifestOf(repository, `sha256-${digestHex(image.digest)}`));
          return listed === undefined ? [] : referrersIn(listed.body);
        }),
      // Of any repository of the registry: a base image's is another.
      digestOfTag: async ({ repository: place }, name) =>
        isTagInRegistry(place, name)
          ? asKnown(async () => (await orNone(manifestOf(place, name)))?.digest)
          : unknown('what the image names is no tag of a registry'),
      tagMutabilityOf: async () => unknown('the registry does not say whether its tags can be moved'),
    },
    close: async () => {},
  };
};

const asKnown = async <T>(work: () => Promise<T>): Promise<Known<T>> => {
  try {
    return known(await work());
  } catch (thrown) {
    return unknown(sekishoErrorFrom(thrown).message);
  }
};

const orNone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof SekishoError && thrown.code === 'IMAGE_NOT_FOUND') return undefined;
    throw thrown;
  }
};

/** Throws MANIFEST_INVALID. */
const referrersIn = (body: string): readonly Referrer[] => {
  const manifest = parseManifest(body);
  if (manifest.kind !== 'index')
    throw new SekishoError('MANIFEST_INVALID', 'The list of what refers to the image is no index.');
  return manifest.manifests.map(({ digest, artifactType = '' }) => ({ digest, artifactType }));
};

/** What `docker login` left behind comes first: somebody chose it. */
const loginTo = async (registry: string): Promise<RegistryLogin | undefined> => {
  const login = await dockerLogin(registry);
  if (login !== undefined) return login;
  const region = ECR_HOST.exec(registry)?.[1];
  return region === undefined ? undefined : ecrLogin(region);
};

const mismatch = (host: string, wanted: Digest, got: Digest): SekishoError =>
  new SekishoError('DIGEST_MISMATCH', `The registry ${host} answered ${got} where ${wanted} was asked for.`);
