/** Manifests, tags and referrers of a repository. */
import { isDigest } from '../../shared/image/digest.ts';
import { readBody } from '../endpoint/read-body.ts';
import { answer, answerBytes, answerJson, type Exchange } from './exchange.ts';
import { OCI_INDEX } from './manifest.ts';
import { isTag } from './names.ts';
import { referrersOf } from './referrers.ts';
import { RegistryError } from './registry-error.ts';
import type { RegistryStore } from './registry-store.ts';

/** What the specification wants a registry to take at least, and the most that ECR takes. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const put = async (store: RegistryStore, exchange: Exchange, reference: string): Promise<void> => {
  const { repository, request } = exchange;
  const [contentType = ''] = (request.headers['content-type'] ?? '').split(';');
  const bytes = await readBody(request, MAX_MANIFEST_BYTES);
  if (bytes === 'caller-gone') return;
  if (bytes === 'too-large') {
    throw new RegistryError('SIZE_INVALID', `a manifest may have ${MAX_MANIFEST_BYTES} bytes`);
  }
  const { digest, parsed } = store.putManifest(repository, reference, bytes, contentType.trim());
  answer(exchange, 201, {
    location: `/v2/${repository}/manifests/${digest}`,
    'docker-content-digest': digest,
    ...(parsed.subject !== undefined && { 'oci-subject': parsed.subject }),
  });
};

const remove = (store: RegistryStore, exchange: Exchange, reference: string): void => {
  const result = store.deleteImage(exchange.repository, reference);
  if (result === 'unknown') throw new RegistryError('MANIFEST_UNKNOWN', `there is no image ${reference}`);
  if (result === 'in-index') throw new RegistryError('DENIED', `an index of the repository holds ${reference}`);
  answer(exchange, 202);
};

/** GET, HEAD, PUT or DELETE of /v2/NAME/manifests/REFERENCE, a tag or a digest. */
export const createManifestRoute =
  (store: RegistryStore) =>
  async (exchange: Exchange, reference: string): Promise<void> => {
    if (!isDigest(reference) && !isTag(reference)) {
      throw new RegistryError(reference.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID', `no reference: ${reference}`);
    }
    switch (exchange.request.method) {
      case 'PUT':
        return put(store, exchange, reference);
      case 'DELETE':
        return remove(store, exchange, reference);
      case 'GET':
      case 'HEAD': {
        const image = store.image(exchange.repository, reference);
        if (image === undefined) throw new RegistryError('MANIFEST_UNKNOWN', `there is no image ${reference}`);
        return answerBytes(exchange, image.manifest, image.parsed.mediaType, { 'docker-content-digest': image.digest });
      }
      default:
        throw new RegistryError('UNSUPPORTED', `a manifest has no ${exchange.request.method}`);
    }
  };

/** GET /v2/NAME/tags/list, in lexical order, by pages of `n` after the tag `last`. */
export const createTagsRoute =
  (store: RegistryStore) =>
  (exchange: Exchange, list: string): void => {
    const { repository, query } = exchange;
    if (list !== 'list') throw new RegistryError('UNSUPPORTED', 'tags can only be listed');
    const images = store.images(repository);
    if (images === undefined) throw new RegistryError('NAME_UNKNOWN', `there is no repository ${repository}`);
    const last = query.get('last') ?? '';
    const after = images
      .flatMap(({ tags }) => tags)
      .sort()
      .filter((tag) => tag > last);
    const count = query.has('n') ? Number(query.get('n')) : after.length;
    const tags = after.slice(0, count);
    const next = tags.length < after.length && tags.length > 0 ? `n=${count}&last=${tags.at(-1)}` : undefined;
    const link = next === undefined ? {} : { link: `</v2/${repository}/tags/list?${next}>; rel="next"` };
    answerJson(exchange, { name: repository, tags }, link);
  };

/** GET /v2/NAME/referrers/DIGEST: an index of what names the image as its subject; empty when nothing does. */
export const createReferrersRoute =
  (store: RegistryStore) =>
  (exchange: Exchange, digest: string): void => {
    if (!isDigest(digest)) throw new RegistryError('DIGEST_INVALID', `not a sha256 digest: ${digest}`);
    const wanted = exchange.query.get('artifactType');
    const images = store.images(exchange.repository) ?? [];
    const manifests = referrersOf(images, digest, wanted === null ? undefined : [wanted]);
    const filtered = wanted === null ? {} : { 'oci-filters-applied': 'artifactType' };
    const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests };
    answerBytes(exchange, Buffer.from(JSON.stringify(index)), OCI_INDEX, filtered);
  };
