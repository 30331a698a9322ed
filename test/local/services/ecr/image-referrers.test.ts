import { type ArtifactStatusFilter, InvalidParameterException, ListImageReferrersCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OCI_MANIFEST, pushImage, sha256 } from '../../registry/images.ts';
import { pushReferrer } from '../../registry/index-images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

const SIGNATURE = 'application/vnd.example.signature';
const SBOM = 'application/spdx+json';

let front: EcrFront;
let subject: string;
let signature: string;
let sbom: string;
beforeAll(async () => {
  front = await startEcr();
  subject = await pushImage(front.host, 'team/app', 'v1');
  signature = await pushReferrer(front.host, 'team/app', subject, SIGNATURE);
  sbom = await pushReferrer(front.host, 'team/app', subject, SBOM);
});
afterAll(() => front.close());

const list = (rest: object = {}, imageDigest = subject) =>
  front.client.send(new ListImageReferrersCommand({ repositoryName: 'team/app', subjectId: { imageDigest }, ...rest }));

describe('the referrers of an image', () => {
  it('are listed with what they are', async () => {
    const { referrers = [] } = await list();
    expect(referrers[0]).toEqual({
      digest: signature,
      mediaType: OCI_MANIFEST,
      artifactType: SIGNATURE,
      size: expect.any(Number),
      annotations: { 'org.example.note': 'about it' },
      artifactStatus: 'ACTIVE',
    });
    expect(referrers.map(({ digest }) => digest)).toEqual([signature, sbom]);
  });

  it.each<[string, { artifactTypes?: string[]; artifactStatus?: ArtifactStatusFilter }, () => string[]]>([
    ['one type', { artifactTypes: [SBOM] }, () => [sbom]],
    ['two types', { artifactTypes: [SBOM, SIGNATURE] }, () => [signature, sbom]],
    ['a type that none has', { artifactTypes: ['application/x'] }, () => []],
    ['any status', { artifactStatus: 'ANY' }, () => [signature, sbom]],
    ['archived', { artifactStatus: 'ARCHIVED' }, () => []],
  ])('are filtered: %s', async (_, filter, expected) => {
    const { referrers = [] } = await list({ filter });
    expect(referrers.map(({ digest }) => digest)).toEqual(expected());
  });

  it('come by pages', async () => {
    const first = await list({ maxResults: 1 });
    const second = await list({ maxResults: 1, nextToken: first.nextToken });
    expect([...(first.referrers ?? []), ...(second.referrers ?? [])].map(({ digest }) => digest)).toEqual([
      signature,
      sbom,
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  it('are none for an image that is not there', async () => {
    expect((await list({}, sha256('missing'))).referrers).toEqual([]);
  });

  it.each([
    ['a page of 51', { maxResults: 51 }],
    ['six types', { filter: { artifactTypes: ['a', 'b', 'c', 'd', 'e', 'f'] } }],
    ['a subject that is no digest', { subjectId: { imageDigest: 'v1' } }],
  ])('are not asked for with %s', async (_, rest) => {
    await expect(list(rest)).rejects.toBeInstanceOf(InvalidParameterException);
  });
});
