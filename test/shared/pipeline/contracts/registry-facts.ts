/** What every source of facts around an image holds to. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { known } from '../../../../shared/base/known.ts';
import { type Digest, isDigest } from '../../../../shared/image/digest.ts';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { RegistryFacts } from '../../../../shared/pipeline/inspection-ports.ts';
import type { PushedImage } from './image-source.ts';

export interface RegistryFactsSubject {
  readonly facts: RegistryFacts;
  readonly create: (
    repository: string,
    mutability?: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION',
  ) => Promise<void>;
  /** `tag`: absent: by digest. */
  readonly push: (image: PushedImage, tag?: string) => Promise<void>;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = '{"architecture":"amd64","os":"linux"}';
const LAYER = 'a layer';
const EMPTY = '{}';

let repositories = 0;
const newRepository = (): Omit<ImageReference, 'digest'> => {
  repositories += 1;
  return { partition: 'aws', account: '111122223333', region: 'eu-west-1', repository: `team/facts-${repositories}` };
};
const digestOf = (text: string): Digest => {
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  if (!isDigest(digest)) throw new Error(`${digest} is no digest`);
  return digest;
};
const descriptor = (mediaType: string, text: string) => ({
  mediaType,
  digest: digestOf(text),
  size: Buffer.byteLength(text),
});
const imageManifest = (name: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor('application/vnd.oci.image.config.v1+json', CONFIG),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar', LAYER)],
    annotations: { name },
  });
const artifactManifest = (artifactType: string, about: string, name: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType,
    config: descriptor('application/vnd.oci.empty.v1+json', EMPTY),
    layers: [descriptor('application/vnd.oci.empty.v1+json', EMPTY)],
    subject: descriptor(MANIFEST, about),
    annotations: { name },
  });
const blobs = [CONFIG, LAYER, EMPTY];
const failed = (what: string) => ({ known: false, reason: expect.stringMatching(`^${what} failed: \\w+Exception$`) });

export const registryFactsContract = (subject: () => RegistryFactsSubject): void => {
  const repositoryWith = async (body: string, tag?: string): Promise<Omit<ImageReference, 'digest'>> => {
    const repository = newRepository();
    await subject().create(repository.repository);
    await pushTo(repository, body, tag);
    return repository;
  };
  const pushTo = ({ repository }: { readonly repository: string }, body: string, tag?: string): Promise<void> =>
    subject().push({ repository, blobs, manifest: { mediaType: MANIFEST, body } }, tag);

  describe('what refers to an image', () => {
    it('is nothing at first', async () => {
      const body = imageManifest('alone');
      const repository = await repositoryWith(body);
      expect(await subject().facts.referrersOf({ ...repository, digest: digestOf(body) })).toEqual(known([]));
    });

    it('is every artifact that has it as its subject, with its type', async () => {
      const [body, other] = [imageManifest('signed'), imageManifest('other')];
      const repository = await repositoryWith(body);
      await pushTo(repository, other);
      const signature = artifactManifest('application/vnd.cncf.notary.signature', body, 'signature');
      const sbom = artifactManifest('application/spdx+json', body, 'sbom');
      for (const one of [signature, sbom, artifactManifest('a/b', other, 'elsewhere')]) await pushTo(repository, one);
      const referrers = await subject().facts.referrersOf({ ...repository, digest: digestOf(body) });
      expect(referrers.known && referrers.value).toHaveLength(2);
      expect(referrers.known && referrers.value).toEqual(
        expect.arrayContaining([
          { digest: digestOf(signature), artifactType: 'application/vnd.cncf.notary.signature' },
          { digest: digestOf(sbom), artifactType: 'application/spdx+json' },
        ]),
      );
    });

    it('can be more than one page', async () => {
      const body = imageManifest('paged');
      const repository = await repositoryWith(body);
      const all = Array.from({ length: 53 }, (_, at) => artifactManifest('a/b', body, `signature ${at}`));
      for (const one of all) await pushTo(repository, one);
      const referrers = await subject().facts.referrersOf({ ...repository, digest: digestOf(body) });
      expect(referrers.known && referrers.value.map(({ digest }) => digest).toSorted()).toEqual(
        all.map(digestOf).toSorted(),
      );
    });

    it('is not known of a repository that is not there', async () => {
      const image = { ...newRepository(), digest: digestOf('missing') };
      expect(await subject().facts.referrersOf(image)).toEqual(failed('Listing what refers to an image'));
    });
  });

  describe('the digest of a tag', () => {
    it('is that of what was pushed with it last', async () => {
      const [first, second] = [imageManifest('first'), imageManifest('second')];
      const repository = await repositoryWith(first, 'v1');
      expect(await subject().facts.digestOfTag(repository, 'v1')).toEqual(known(digestOf(first)));
      await pushTo(repository, second, 'v1');
      expect(await subject().facts.digestOfTag(repository, 'v1')).toEqual(known(digestOf(second)));
    });

    it('is that of an artifact under the tag that cosign gives to it', async () => {
      const body = artifactManifest('a/b', imageManifest('cosigned'), 'cosign');
      const tag = `sha256-${'a'.repeat(64)}.sig`;
      expect(await subject().facts.digestOfTag(await repositoryWith(body, tag), tag)).toEqual(known(digestOf(body)));
    });

    it('is none where there is no such tag', async () => {
      const repository = await repositoryWith(imageManifest('tagged'), 'v1');
      expect(await subject().facts.digestOfTag(repository, 'v2')).toEqual(known(undefined));
    });

    it('is not known of a repository that is not there', async () => {
      expect(await subject().facts.digestOfTag(newRepository(), 'v1')).toEqual(failed('Looking up a tag'));
    });
  });

  describe('whether tags can be moved', () => {
    it.each(['MUTABLE', 'IMMUTABLE'] as const)('is known of a repository that is %s', async (mutability) => {
      const repository = newRepository();
      await subject().create(repository.repository, mutability);
      expect(await subject().facts.tagMutabilityOf(repository)).toEqual(known(mutability));
    });

    it('is not known where some can and others cannot', async () => {
      const repository = newRepository();
      await subject().create(repository.repository, 'IMMUTABLE_WITH_EXCLUSION');
      expect(await subject().facts.tagMutabilityOf(repository)).toEqual({
        known: false,
        reason: 'the repository lets some tags be moved and others not',
      });
    });

    it('is not known of a repository that is not there', async () => {
      expect(await subject().facts.tagMutabilityOf(newRepository())).toEqual(
        failed('Reading whether tags can be moved'),
      );
    });
  });
};
