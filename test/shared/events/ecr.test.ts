import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { imagePushedFromEvent } from '../../../shared/events/ecr.ts';
import { parseEnvelope } from '../../../shared/events/envelope.ts';
import { baseEvent, refusalOf } from './base-event.ts';

const pushed = (changes: Readonly<Record<string, unknown>> = {}) =>
  imagePushedFromEvent(parseEnvelope(baseEvent('ecr-image-push', changes)));

const DIGEST = 'sha256:1111111111111111111111111111111111111111111111111111111111111111';

const NOTHING = { 'detail.image-digest': undefined, 'detail.repository-name': undefined };

describe('imagePushedFromEvent', () => {
  it('says which image was pushed, and when', () => {
    expect(pushed()).toEqual({
      kind: 'image-pushed',
      image: known({
        partition: 'aws',
        account: '111122223333',
        region: 'eu-west-1',
        repository: 'shop/checkout',
        digest: DIGEST,
      }),
      tag: '2026.3.1',
      manifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      pushedAt: '2026-03-02T09:15:42.000Z',
    });
  });

  it.each([
    ['a tag that is not there', 'image-tag', undefined],
    ['an empty tag', 'image-tag', ''],
    ['a tag that is null', 'image-tag', null],
  ])('reads %s as a push without a tag', (_what, field, value) => {
    expect(pushed({ [`detail.${field}`]: value })).not.toHaveProperty('tag');
  });

  it.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('takes the partition from the Region %s', (region, partition) => {
    expect(pushed({ region }).image).toMatchObject({ known: true, value: { region, partition } });
  });

  it.each([
    ['a missing digest', undefined],
    ['null for a digest', null],
    ['an empty digest', ''],
    ['60 digits', `sha256:${'1'.repeat(60)}`],
    ['a digest that ends in EXAMPLE', `sha256:${'1'.repeat(57)}EXAMPLE`],
    ['a digest in capitals', `sha256:${'A'.repeat(64)}`],
    ['another algorithm', `sha512:${'1'.repeat(128)}`],
    ['a number for a digest', 1111],
    ['an object for a digest', { sha256: '1'.repeat(64) }],
  ])('takes a push with %s for one of an image that is not known', (_what, value) => {
    const { image, tag } = pushed({ 'detail.image-digest': value });
    expect(image).toEqual(unknown('the push to shop/checkout names no usable digest'));
    expect(tag).toBe('2026.3.1');
  });

  it.each([
    ['a missing repository', { 'detail.repository-name': undefined }, 'detail.repository-name'],
    ['neither repository nor digest', NOTHING, 'detail.repository-name'],
    ['an empty repository', { 'detail.repository-name': '' }, 'detail.repository-name'],
    ['a repository with a tag', { 'detail.repository-name': 'shop/checkout:latest' }, 'detail.repository-name'],
    ['a repository that leaves the registry', { 'detail.repository-name': '../checkout' }, 'detail.repository-name'],
    ['a repository with a digest', { 'detail.repository-name': `shop/checkout@${DIGEST}` }, 'detail.repository-name'],
    ['a repository that is an ARN', { 'detail.repository-name': 'arn:aws:ecr:x' }, 'detail.repository-name'],
    ['another action', { 'detail.action-type': 'DELETE' }, 'detail.action-type'],
    ['a push that failed', { 'detail.result': 'FAILURE' }, 'detail.result'],
  ])('refuses %s', (_what, changes, field) => {
    expect(refusalOf(() => pushed(changes))).toBe(`EVENT_INVALID: The event has no usable ${field}.`);
  });

  it.each([
    ['another detail-type', { 'detail-type': 'ECR Image Scan' }],
    ['another source', { source: 'my.ecr' }],
  ])('refuses %s', (_what, changes) => {
    expect(refusalOf(() => pushed(changes))).toBe(
      'EVENT_INVALID: The event is no "ECR Image Action" or "ECR Referrer Action" of aws.ecr.',
    );
  });
});
