import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/image/digest.ts';
import { imageArn, imageUri } from '../../../shared/image/image-reference.ts';
import { parseImageArn, parseImageUri, parseRepositoryArn } from '../../../shared/image/parse-image-arn.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const APP = { partition: 'aws', account: '123456789012', region: 'eu-west-1', repository: 'team/app' };

describe('parseImageArn', () => {
  it('reads a repository with slashes', () => {
    expect(parseImageArn(`arn:aws:ecr:eu-west-1:123456789012:repository/team/app/${DIGEST}`)).toEqual({
      ...APP,
      digest: DIGEST,
    });
  });

  it.each([
    ['the repository alone', 'arn:aws:ecr:eu-west-1:123456789012:repository/team/app'],
    ['no repository', `arn:aws:ecr:eu-west-1:123456789012:repository/${DIGEST}`],
    ['another service', `arn:aws:s3:eu-west-1:123456789012:repository/app/${DIGEST}`],
    ['a short digest', 'arn:aws:ecr:eu-west-1:123456789012:repository/app/sha256:abc'],
    ['capitals', `arn:aws:ecr:eu-west-1:123456789012:repository/App/${DIGEST}`],
    ['a line break', `arn:aws:ecr:eu-west-1:123456789012:repository/ap\np/${DIGEST}`],
    ['nothing', ''],
  ])('is undefined for %s', (_, arn) => {
    expect(parseImageArn(arn)).toBeUndefined();
  });
});

describe('parseRepositoryArn', () => {
  it('reads a repository with slashes', () => {
    expect(parseRepositoryArn('arn:aws:ecr:eu-west-1:123456789012:repository/team/app')).toEqual(APP);
  });

  it('is undefined for an image', () => {
    expect(parseRepositoryArn(`arn:aws:ecr:eu-west-1:123456789012:repository/team/app/${DIGEST}`)).toBeUndefined();
  });
});

describe('parseImageUri', () => {
  const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

  it.each([
    ['a tag', `${host}/team/app:1.2`, { ...APP, tag: '1.2' }],
    ['a digest', `${host}/team/app@${DIGEST}`, { ...APP, digest: DIGEST }],
    ['both', `${host}/team/app:1.2@${DIGEST}`, { ...APP, tag: '1.2', digest: DIGEST }],
    ['neither', `${host}/team/app`, APP],
    [
      'China',
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app',
      { ...APP, region: 'cn-north-1', partition: 'aws-cn' },
    ],
    [
      'GovCloud by FIPS',
      '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/team/app',
      { ...APP, region: 'us-gov-west-1', partition: 'aws-us-gov' },
    ],
    ['the dual-stack endpoint', '123456789012.dkr-ecr.eu-west-1.on.aws/team/app', APP],
  ])('reads %s', (_, uri, expected) => {
    expect(parseImageUri(uri)).toEqual(expected);
  });

  it.each([
    ['Docker Hub', 'nginx:latest'],
    ['ECR Public', 'public.ecr.aws/nginx/nginx:latest'],
    ['a look-alike host', '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example/app'],
    ['two digests', `${host}/app@${DIGEST}@${DIGEST}`],
    ['a broken digest', `${host}/app@sha256:abc`],
    ['an empty tag', `${host}/app:`],
    ['a tag with a slash', `${host}/app:a/b`],
    ['nothing', ''],
  ])('is undefined for %s', (_, uri) => {
    expect(parseImageUri(uri)).toBeUndefined();
  });
});

describe('what is printed', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const image = fc.record({
    partition: fc.constant('aws'),
    account: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-southeast-3'),
    repository: fc.array(word, { minLength: 2, maxLength: 4 }).map((words) => words.join('/')),
    digest: fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}` as Digest),
  });

  it('is read back as it was, from an ARN and from a pull URI', () => {
    fc.assert(
      fc.property(image, (reference) => {
        expect(parseImageArn(imageArn(reference))).toEqual(reference);
        expect(parseImageUri(imageUri(reference))).toEqual(reference);
      }),
    );
  });
});
