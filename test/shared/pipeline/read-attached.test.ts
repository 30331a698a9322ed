import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { type Known, known, unknown } from '../../../shared/base/known.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { type ImageReference, imageArn } from '../../../shared/image/image-reference.ts';
import type { Referrer, RegistryFacts } from '../../../shared/pipeline/inspection-ports.ts';
import { readAttached } from '../../../shared/pipeline/read-attached.ts';
import { imagesOf, type RegistryDocument } from '../../support/recording-ports.ts';
import { bundle, ecSigner, envelope, simpleSigning, statement } from '../dossier/attached/signing.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { artifactDocument, indexDocument } from './registry-of-images.ts';

const INDEX = digest('d');
const [release, stranger] = [ecSigner('release'), ecSigner('stranger')];
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const COSIGN = 'application/vnd.dev.cosign.simplesigning.v1+json';
const NOTATION = 'application/vnd.cncf.notary.signature';

const blob = (body: string): RegistryDocument => ({ mediaType: '', body });
/** The n-th digest of the test's own, beside those of one digit. */
const digestAt = (at: number): Digest => `sha256:${at.toString(16).padStart(64, '0')}` as Digest;

interface Registry {
  readonly documents: Readonly<Record<string, RegistryDocument | SekishoError>>;
  /** By the digest that they refer to. */
  readonly referrers: Readonly<Record<string, readonly string[]>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly facts: Partial<RegistryFacts>;
}

const read = async (
  { documents = {}, referrers = {}, tags = {}, facts = {} }: Partial<Registry>,
  {
    indexes = [],
    keys = [release.key],
  }: { readonly indexes?: readonly Digest[]; readonly keys?: readonly (typeof release.key)[] } = {},
) => {
  const asked: string[] = [];
  const registry: RegistryFacts = {
    referrersOf: async (image: ImageReference): Promise<Known<readonly Referrer[]>> => {
      asked.push(imageArn(image));
      return known((referrers[image.digest] ?? []).map((one) => ({ digest: one as Digest, artifactType: '' })));
    },
    digestOfTag: async (_, tag) => known(tags[tag] as Digest | undefined),
    tagMutabilityOf: async () => unknown('nobody asked'),
    ...facts,
  };
  const images = imagesOf(documents);
  const attached = await readAttached(IMAGE, indexes, keys, { images, registry });
  return { attached, asked, reads: images.reads };
};
const NOTHING = { signature: 'absent', sbom: known(false), provenance: known(false), statements: [] } as const;

/** A signature as a referrer: a bundle in the artifact `1`, its blob `2`. */
const signed = (content: string, annotations: Readonly<Record<string, string>> = {}): Partial<Registry> => ({
  documents: {
    [digest('1')]: artifactDocument({
      artifactType: BUNDLE,
      annotations,
      layers: [{ mediaType: BUNDLE, digest: digest('2') }],
    }),
    [digest('2')]: blob(content),
  },
  referrers: { [IMAGE.digest]: [digest('1')] },
});
/** Cosign's signature under its tag, in the artifact `1`, its blob `2`. */
const cosigned = (about: Digest, signature: string, payload = simpleSigning(about)): Partial<Registry> => ({
  documents: {
    [digest('1')]: artifactDocument({
      layers: [
        { mediaType: COSIGN, digest: digest('2'), annotations: { 'dev.cosignproject.cosign/signature': signature } },
      ],
    }),
    [digest('2')]: blob(payload),
  },
  tags: { [`sha256-${about.slice('sha256:'.length)}.sig`]: digest('1') },
});
const signature = (payload: string, signer = release): string => signer.sign(Buffer.from(payload)).toString('base64');

describe('the signature of an image', () => {
  it('is absent where nothing is attached', async () => {
    expect((await read({})).attached).toEqual(NOTHING);
  });

  it.each<[string, Partial<Registry>, readonly Digest[]]>([
    ['a bundle that refers to it', signed(bundle(envelope(statement(IMAGE.digest), release))), []],
    ['cosign’s tag', cosigned(IMAGE.digest, signature(simpleSigning(IMAGE.digest))), []],
    ['cosign’s tag of an index that lists it', cosigned(INDEX, signature(simpleSigning(INDEX))), [INDEX]],
  ])('is verified with a key of the policy: %s', async (_, registry, indexes) => {
    const { attached } = await read(registry, { indexes, keys: [stranger.key, release.key] });
    expect(attached).toMatchObject({ signature: 'verified', signatureDetail: 'with the key release' });
  });

  it('is verified by one good signature among bad ones', async () => {
    const good = signed(bundle(envelope(statement(IMAGE.digest), release)));
    const { attached } = await read({
      documents: {
        ...good.documents,
        [digest('3')]: artifactDocument({
          artifactType: NOTATION,
          layers: [{ mediaType: 'application/cose', digest: digest('4') }],
        }),
        [digest('5')]: artifactDocument({ artifactType: BUNDLE, layers: [{ mediaType: BUNDLE, digest: digest('6') }] }),
        [digest('6')]: blob('no JSON'),
      },
      referrers: { [IMAGE.digest]: [digest('3'), digest('5'), digest('1')] },
    });
    expect(attached.signature).toBe('verified');
  });

  it.each<[string, Partial<Registry>, string]>([
    [
      'a bundle by another key',
      signed(bundle(envelope(statement(IMAGE.digest), stranger))),
      'one signature: none was made with the policy’s keys',
    ],
    [
      'a bundle about another image',
      signed(bundle(envelope(statement(digest('9')), release))),
      'one signature: none was made with the policy’s keys',
    ],
    [
      'a statement of the right key about its vulnerabilities, which does not say so outside',
      signed(
        bundle(
          envelope(
            statement(IMAGE.digest, { predicateType: 'https://cosign.sigstore.dev/attestation/vuln/v1' }),
            release,
          ),
        ),
      ),
      'one signature: none was made with the policy’s keys',
    ],
    [
      'cosign’s signature of an index that does not list it',
      { ...cosigned(IMAGE.digest, signature(simpleSigning(INDEX)), simpleSigning(INDEX)) },
      'one signature: none was made with the policy’s keys',
    ],
    [
      'a signature whose blob is gone',
      {
        ...signed(''),
        documents: {
          [digest('1')]: artifactDocument({
            artifactType: BUNDLE,
            layers: [{ mediaType: BUNDLE, digest: digest('2') }],
          }),
        },
      },
      'one signature: none was made with the policy’s keys',
    ],
    [
      'Notation’s',
      {
        documents: {
          [digest('1')]: artifactDocument({
            artifactType: NOTATION,
            layers: [{ mediaType: 'application/jose+json', digest: digest('2') }],
          }),
        },
        referrers: { [IMAGE.digest]: [digest('1')] },
      },
      'one signature: those of Notation are recognised, and not verified yet',
    ],
  ])('is present and not verified where it is %s', async (what, registry, signatureDetail) => {
    expect((await read(registry)).attached).toMatchObject({
      signature: 'present, not verified',
      signatureDetail,
      signatureVerifiable: what !== 'Notation’s',
    });
  });

  it('is present and not verified where the policy names no key, and is not read', async () => {
    const { attached, reads } = await read(signed(bundle(envelope(statement(IMAGE.digest), release))), { keys: [] });
    expect(attached).toMatchObject({
      signature: 'present, not verified',
      signatureDetail: 'one signature: the policy names no public key to verify with',
      signatureVerifiable: false,
    });
    expect(reads).not.toContain(digest('2'));
  });

  it('tells that those of Notation were not looked at', async () => {
    const layers = [{ mediaType: 'application/jose+json', digest: digest('4') }];
    const { documents } = signed(bundle(envelope(statement(IMAGE.digest), stranger)));
    const { attached } = await read({
      documents: { ...documents, [digest('3')]: artifactDocument({ artifactType: NOTATION, layers }) },
      referrers: { [IMAGE.digest]: [digest('1'), digest('3')] },
    });
    expect(attached).toMatchObject({
      signatureDetail: '2 signatures: none was made with the policy’s keys; those of Notation are not verified yet',
      signatureVerifiable: true,
    });
  });

  it('is not known where it cannot be read this time: it may be a good one', async () => {
    const registry = signed('');
    const throttled = new SekishoError('AWS_THROTTLED', 'Asking ECR where a blob is failed: ThrottlingException');
    const { attached } = await read({ ...registry, documents: { ...registry.documents, [digest('2')]: throttled } });
    expect(attached).toMatchObject({ signature: 'unknown', signatureDetail: throttled.message });
  });

  it('is no bundle that says outside that it is of something else', async () => {
    const vulnerabilities = { 'dev.sigstore.bundle.predicateType': 'https://cosign.sigstore.dev/attestation/vuln/v1' };
    const { attached } = await read(signed(bundle(envelope(statement(IMAGE.digest), release)), vulnerabilities));
    expect(attached.signature).toBe('absent');
  });

  it('is looked for among 20, and is not known where there are more', async () => {
    const layers = Array.from({ length: 30 }, (_, at) => ({ mediaType: COSIGN, digest: digestAt(at) }));
    const { attached, reads } = await read({
      documents: { [digest('1')]: artifactDocument({ layers }) },
      tags: { [`sha256-${'a'.repeat(64)}.sig`]: digest('1') },
    });
    expect(attached).toMatchObject({
      signature: 'unknown',
      signatureDetail: 'the policy’s keys made none of the first 20 of 30 signatures, and more are not looked at',
    });
    expect(reads).toHaveLength(21);
  });
});

describe('what BuildKit attests', () => {
  const attestations = (...predicates: readonly string[]): Partial<Registry> => ({
    documents: {
      [INDEX]: indexDocument([
        { digest: IMAGE.digest },
        { digest: digest('7'), about: digest('8') },
        { digest: digest('1'), about: IMAGE.digest },
      ]),
      [digest('1')]: artifactDocument({
        layers: predicates.map((predicate, at) => ({
          mediaType: 'application/vnd.in-toto+json',
          digest: digestAt(at),
          annotations: { 'in-toto.io/predicate-type': predicate },
        })),
      }),
      [digestAt(0)]: blob('{"predicateType":"https://slsa.dev/provenance/v1"}'),
    },
  });

  it('is read from the index, of this platform alone', async () => {
    const registry = attestations('https://slsa.dev/provenance/v1', 'https://spdx.dev/Document');
    const { attached, reads } = await read(registry, { indexes: [INDEX] });
    expect(attached).toEqual({
      signature: 'absent',
      sbom: known(true),
      provenance: known(true),
      statements: ['{"predicateType":"https://slsa.dev/provenance/v1"}'],
    });
    expect(reads).toEqual([INDEX, digest('1'), digestAt(0)]);
  });

  it('may be an SBOM and no provenance', async () => {
    const { attached } = await read(attestations('https://spdx.dev/Document'), { indexes: [INDEX] });
    expect(attached).toEqual({ ...NOTHING, sbom: known(true) });
  });

  it('has no statement where its blob cannot be read, and says why', async () => {
    const registry = attestations('https://slsa.dev/provenance/v1');
    const gone = { ...registry.documents, [digestAt(0)]: new SekishoError('TOO_LARGE', 'It is larger than 4 MiB.') };
    const { attached } = await read({ documents: gone }, { indexes: [INDEX] });
    expect(attached).toEqual({ ...NOTHING, provenance: known(true), statementGap: 'It is larger than 4 MiB.' });
  });

  it.each<[string, number, readonly string[], string | undefined]>([
    ['the next ones, where one cannot be read', 2, ['1', '2'], 'ECR did not answer.'],
    ['three of more', 4, ['1', '2'], 'ECR did not answer.'],
  ])('is read from %s', async (_, more, statements, statementGap) => {
    const PROVENANCE = 'https://slsa.dev/provenance/v1';
    const registry = attestations(PROVENANCE, ...Array.from({ length: more }, () => PROVENANCE));
    const { attached, reads } = await read(
      {
        documents: {
          ...registry.documents,
          ...Object.fromEntries(Array.from({ length: more }, (_, at) => [digestAt(at + 1), blob(`${at + 1}`)])),
          [digestAt(0)]: new SekishoError('AWS_UNAVAILABLE', 'ECR did not answer.'),
        },
      },
      { indexes: [INDEX] },
    );
    expect(attached).toMatchObject({ provenance: known(true), statements, statementGap });
    expect(reads.slice(2)).toEqual([digestAt(0), digestAt(1), digestAt(2)]);
  });

  it('says that there is more than is read', async () => {
    const PROVENANCE = 'https://slsa.dev/provenance/v1';
    const registry = attestations(...Array.from({ length: 5 }, () => PROVENANCE));
    const blobs = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [digestAt(at), blob(`${at}`)]));
    const { attached } = await read({ documents: { ...registry.documents, ...blobs } }, { indexes: [INDEX] });
    expect(attached).toMatchObject({
      statements: ['0', '1', '2'],
      statementGap: 'Only 3 of the 5 statements of provenance were read.',
    });
  });

  it('comes before what others say of how it was built', async () => {
    const registry = attestations('https://slsa.dev/provenance/v1');
    const layers = [{ mediaType: 'application/vnd.in-toto.provenance+dsse', digest: digest('6') }];
    const { attached } = await read(
      {
        documents: { ...registry.documents, [digest('5')]: artifactDocument({ layers }), [digest('6')]: blob('{}') },
        referrers: { [IMAGE.digest]: [digest('5')] },
      },
      { indexes: [INDEX] },
    );
    expect(attached.statements).toEqual(['{"predicateType":"https://slsa.dev/provenance/v1"}', '{}']);
  });

  it('is read out of an envelope that somebody signed', async () => {
    const layers = [{ mediaType: 'application/vnd.in-toto.provenance+dsse', digest: digest('6') }];
    const { attached } = await read({
      documents: {
        [digest('5')]: artifactDocument({ layers }),
        [digest('6')]: blob(JSON.stringify(envelope({ predicateType: 'https://slsa.dev/provenance/v1' }, stranger))),
      },
      tags: { [`sha256-${'a'.repeat(64)}.att`]: digest('5') },
    });
    expect(attached.statements).toEqual(['{"predicateType":"https://slsa.dev/provenance/v1"}']);
  });
});

describe('what is attached by cosign’s tag', () => {
  it('is an SBOM under .sbom', async () => {
    const { attached } = await read({
      documents: { [digest('1')]: artifactDocument({ layers: [{ mediaType: 'text/spdx', digest: digest('2') }] }) },
      tags: { [`sha256-${'a'.repeat(64)}.sbom`]: digest('1') },
    });
    expect(attached).toEqual({ ...NOTHING, sbom: known(true) });
  });
});

describe('a lookup that fails', () => {
  const denied = unknown('Listing what refers to an image failed: AccessDeniedException');
  const NOT_KNOWN = {
    signature: 'unknown',
    signatureDetail: denied.reason,
    sbom: denied,
    provenance: denied,
    statements: [],
  };

  it.each<[string, Partial<RegistryFacts>]>([
    ['of what refers to it', { referrersOf: async () => denied }],
    ['of a tag', { digestOfTag: async () => denied }],
  ])('leaves unknown what it could have told: %s', async (_, facts) => {
    expect((await read({ facts })).attached).toEqual(NOT_KNOWN);
  });

  it.each<[string, readonly (typeof release.key)[]]>([
    ['another key', [release.key]],
    ['no key to verify with', []],
  ])('leaves unknown whether there is a good signature beside one of %s', async (_, keys) => {
    const { attached } = await read(
      {
        ...cosigned(IMAGE.digest, signature(simpleSigning(IMAGE.digest), stranger)),
        facts: { referrersOf: async () => denied },
      },
      { keys },
    );
    expect(attached).toMatchObject({ signature: 'unknown', signatureDetail: denied.reason });
  });

  it('leaves what others told as it is', async () => {
    const { attached } = await read({
      ...cosigned(IMAGE.digest, signature(simpleSigning(IMAGE.digest))),
      facts: { referrersOf: async () => denied },
    });
    expect(attached).toEqual({ ...NOT_KNOWN, signature: 'verified', signatureDetail: 'with the key release' });
  });

  it.each([
    ['an index', { documents: {} }, { indexes: [INDEX] }],
    ['an artifact', { referrers: { [IMAGE.digest]: [digest('1')] } }, {}],
  ])('may be that of %s', async (_, registry, options) => {
    const gone = 'shop/checkout has no such image.';
    expect((await read(registry, options)).attached).toEqual({
      signature: 'unknown',
      signatureDetail: gone,
      sbom: unknown(gone),
      provenance: unknown(gone),
      statements: [],
    });
  });

  it('never throws, whatever is thrown', async () => {
    const documents = { [digest('1')]: { mediaType: '', body: '{' } };
    const { attached } = await read({ documents, referrers: { [IMAGE.digest]: [digest('1')] } });
    expect(attached).toMatchObject({
      signature: 'unknown',
      signatureDetail: 'The manifest cannot be used: it is not JSON.',
    });
  });
});

describe('more than anybody attaches', () => {
  it('is read up to 40 artifacts, and then nothing is absent', async () => {
    const all = Array.from({ length: 60 }, (_, at) => digestAt(at));
    const other = artifactDocument({ layers: [{ mediaType: 'a/b', digest: digest('2') }] });
    const { attached, reads } = await read({
      documents: Object.fromEntries(all.map((one) => [one, other])),
      referrers: { [IMAGE.digest]: all },
    });
    expect(reads).toHaveLength(40);
    expect(attached).toMatchObject({
      signature: 'unknown',
      signatureDetail: 'Only 40 of the 60 artifacts that are attached were asked.',
      sbom: { known: false },
    });
  });

  it('is asked of 10 indexes, and a signature of another still counts', async () => {
    const indexes = Array.from({ length: 12 }, (_, at) => digestAt(at));
    const documents = Object.fromEntries(indexes.map((index) => [index, indexDocument([{ digest: IMAGE.digest }])]));
    const { attached, asked } = await read({ documents }, { indexes });
    expect(asked).toHaveLength(11);
    expect(attached).toMatchObject({
      signature: 'unknown',
      signatureDetail: 'Only 10 of the 12 indexes that list the image were asked.',
    });
    const about = cosigned(IMAGE.digest, signature(simpleSigning(digestAt(11))), simpleSigning(digestAt(11)));
    expect(
      (await read({ ...about, documents: { ...documents, ...about.documents } }, { indexes })).attached,
    ).toMatchObject({
      signature: 'verified',
    });
  });
});
