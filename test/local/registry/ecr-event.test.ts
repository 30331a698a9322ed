import { describe, expect, it } from 'vitest';
import { ecrEventFrom } from '../../../local/registry/ecr-event.ts';
import { parseDigest } from '../../../shared/image/digest.ts';

const digest = parseDigest(`sha256:${'a'.repeat(64)}`);
if (digest === undefined) throw new Error('not a digest');
const push = {
  action: 'PUSH',
  repository: 'team/app',
  digest,
  tag: 'v1',
  manifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactMediaType: 'application/vnd.oci.image.config.v1+json',
  time: new Date('2026-03-01T10:00:00.123Z'),
} as const;
const place = { account: '111122223333', region: 'eu-west-1' };

describe('the event of an image action', () => {
  it('has the members that ECR gives it', () => {
    expect(ecrEventFrom(push, place)).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'ECR Image Action',
      source: 'aws.ecr',
      account: '111122223333',
      time: '2026-03-01T10:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: {
        'action-type': 'PUSH',
        result: 'SUCCESS',
        'repository-name': 'team/app',
        'image-digest': digest,
        'image-tag': 'v1',
        'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
        'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
      },
    });
  });

  it('has an empty tag for an untagged image', () => {
    expect(ecrEventFrom({ ...push, tag: undefined }, place).detail['image-tag']).toBe('');
  });

  it('has no artifact media type where the image has none', () => {
    expect(ecrEventFrom({ ...push, artifactMediaType: undefined }, place).detail).not.toHaveProperty(
      'artifact-media-type',
    );
  });
});
