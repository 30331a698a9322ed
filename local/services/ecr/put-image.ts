/** Pushing a manifest by ECR's API: what a registry's PUT does, with ECR's own errors. */
import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { type ParsedManifest, parseManifest } from '../../registry/manifest.ts';
import { isTag } from '../../registry/names.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { digestOf } from '../../registry/stored-image.ts';
import { type EcrScope, INVALID, imagesOf } from './ecr-scope.ts';

const parse = (manifest: Buffer, mediaType: string): ParsedManifest => {
  try {
    return parseManifest(manifest, mediaType);
  } catch (error) {
    if (error instanceof RegistryError) throw new AwsError(INVALID, `Invalid 'imageManifest': ${error.message}`);
    throw error;
  }
};

const checkReferences = ({ store }: EcrScope, repositoryName: string, parsed: ParsedManifest): void => {
  const { blobs, images } = store.missing(repositoryName, parsed);
  if (blobs.length > 0) {
    throw new AwsError('LayersNotFoundException', `Layers with digests '[${blobs.join(', ')}]' were not found`);
  }
  if (images.length > 0) {
    throw new AwsError('ReferencedImagesNotFoundException', `Images with digests '[${images.join(', ')}]' not found`);
  }
};

export const putImage = (scope: EcrScope, input: Checked<PutImageRequest>): PutImageResponse => {
  imagesOf(scope, input);
  const { store, account } = scope;
  const { repositoryName, imageManifest, imageManifestMediaType: mediaType = '', imageTag, imageDigest } = input;
  const where = `in the repository with name '${repositoryName}' in registry with id '${account}'`;
  const manifest = Buffer.from(imageManifest);
  const parsed = parse(manifest, mediaType);
  if (parsed.mediaType === '') throw new AwsError(INVALID, 'Neither the manifest nor the request has a media type.');
  if (imageTag !== undefined && !isTag(imageTag)) throw new AwsError(INVALID, `'${imageTag}' can be no image's tag.`);
  const digest = digestOf(manifest);
  if (imageDigest !== undefined && imageDigest !== digest) {
    const why = `does not match the digest of the manifest, '${digest}'`;
    throw new AwsError('ImageDigestDoesNotMatchException', `Image digest '${imageDigest}' ${why}`);
  }
  const existing = store.image(repositoryName, digest);
  if (existing !== undefined && (imageTag === undefined || existing.tags.includes(imageTag))) {
    const tagged = imageTag === undefined ? '' : ` and tag '${imageTag}'`;
    throw new AwsError('ImageAlreadyExistsException', `Image with digest '${digest}'${tagged} already exists ${where}`);
  }
  checkReferences(scope, repositoryName, parsed);
  try {
    store.putManifest(repositoryName, imageTag ?? digest, manifest, mediaType);
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'TAG_INVALID') throw error;
    const why = 'and cannot be overwritten because the tag is immutable.';
    throw new AwsError('ImageTagAlreadyExistsException', `The image tag '${imageTag}' already exists ${where} ${why}`);
  }
  return {
    image: {
      registryId: account,
      repositoryName,
      imageId: { imageDigest: digest, imageTag },
      imageManifest,
      imageManifestMediaType: parsed.mediaType,
    },
  };
};
