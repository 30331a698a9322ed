import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { isAttestation, parseManifest } from '../../../shared/image/manifest.ts';
import { digestOf, layerOf, manifestOf, OCI_CONFIG } from './documents.ts';

const parse = (document: unknown, mediaType?: string) => parseManifest(JSON.stringify(document), mediaType);
const refusal = (body: string, mediaType?: string): { code: string; message: string } => {
  try {
    parseManifest(body, mediaType);
  } catch (thrown) {
    if (thrown instanceof SekishoError) return { code: thrown.code, message: thrown.message };
    throw thrown;
  }
  throw new Error('it was read');
};

const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';

describe('an image manifest', () => {
  it('has a config and its layers, lowest first', () => {
    expect(parse(manifestOf({ layers: [layerOf('1'), layerOf('2')] }))).toEqual({
      kind: 'image',
      mediaType: IMAGE,
      config: { mediaType: OCI_CONFIG, digest: digestOf('c'), size: 10 },
      layers: [layerOf('1'), layerOf('2')],
      annotations: {},
    });
  });

  it('keeps its annotations, and where else a layer is said to be', () => {
    const annotations = { 'org.opencontainers.image.base.name': 'debian:12' };
    const layer = { ...layerOf('1'), urls: ['https://x.example/layer'], annotations: { a: 'b' } };
    expect(parse(manifestOf({ layers: [layer, { ...layerOf('2'), urls: [] }], annotations }))).toMatchObject({
      layers: [layer, layerOf('2')],
      annotations,
    });
  });

  it.each([
    [
      'Docker types',
      'application/vnd.docker.container.image.v1+json',
      'application/vnd.docker.image.rootfs.diff.tar.gzip',
    ],
    ['layers kept outside the registry', OCI_CONFIG, 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'],
    ['zstd layers', OCI_CONFIG, 'application/vnd.oci.image.layer.v1.tar+zstd'],
    ['encrypted layers', OCI_CONFIG, 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted'],
  ])('is one with %s', (_, config, layer) => {
    const manifest = manifestOf({
      config: { mediaType: config, digest: digestOf('c'), size: 1 },
      layers: [{ mediaType: layer, digest: digestOf('1'), size: 1 }],
    });
    expect(parse(manifest).kind).toBe('image');
  });

  it('is one without layers: FROM scratch with a label', () => {
    expect(parse(manifestOf({ layers: [] })).kind).toBe('image');
  });

  it('is one without a media type of its own', () => {
    expect(parse(manifestOf({ mediaType: undefined }), '').kind).toBe('image');
  });

  it('keeps the subject and the artifact type, and tolerates fields that are new', () => {
    expect(
      parse(manifestOf({ artifactType: 'application/x', subject: layerOf('5'), invented: { deep: [1] } })),
    ).toMatchObject({
      kind: 'image',
      artifactType: 'application/x',
      subject: { digest: digestOf('5') },
    });
  });
});

describe('an artifact', () => {
  it.each([
    [
      'a Helm chart',
      { config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: digestOf('c'), size: 1 } },
      'application/vnd.cncf.helm.config.v1+json',
      'Its config is application/vnd.cncf.helm.config.v1+json, which is not the config of a container image.',
    ],
    [
      'a signature with an empty config',
      {
        artifactType: 'application/vnd.cncf.notary.signature',
        config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('c'), size: 2 },
      },
      'application/vnd.cncf.notary.signature',
      'Its config is application/vnd.oci.empty.v1+json, which is not the config of a container image.',
    ],
    [
      'a cosign signature, which carries the config of an image',
      { layers: [{ mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json', digest: digestOf('1'), size: 1 }] },
      'application/vnd.dev.cosign.simplesigning.v1+json',
      'Its layers are application/vnd.dev.cosign.simplesigning.v1+json, which is not a file system.',
    ],
    [
      'a BuildKit attestation, which carries the config of an image',
      { layers: [{ mediaType: 'application/vnd.in-toto+json', digest: digestOf('1'), size: 1 }] },
      'application/vnd.in-toto+json',
      'Its layers are application/vnd.in-toto+json, which is not a file system.',
    ],
  ])('is %s', (_, fields, artifactType, reason) => {
    expect(parse(manifestOf(fields))).toMatchObject({ kind: 'artifact', artifactType, reason });
  });

  it('keeps its documents, what it is about and its annotations', () => {
    const layer = {
      mediaType: 'application/vnd.in-toto+json',
      digest: digestOf('1'),
      size: 1,
      annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
    };
    const subject = { mediaType: IMAGE, digest: digestOf('2'), size: 3 };
    expect(parse(manifestOf({ layers: [layer], subject, annotations: { made: 'today' } }))).toMatchObject({
      layers: [layer],
      subject,
      annotations: { made: 'today' },
    });
  });
});

const AMD64 = { os: 'linux', architecture: 'amd64' };
const UNKNOWN = { os: 'unknown', architecture: 'unknown' };
const ATTESTS = { 'vnd.docker.reference.type': 'attestation-manifest' };

describe('an index', () => {
  const entry = { mediaType: IMAGE, digest: digestOf('1'), size: 5 };

  it('lists its platforms and annotations', () => {
    expect(
      parse({
        schemaVersion: 2,
        manifests: [
          { ...entry, platform: { os: 'linux', architecture: 'arm', variant: 'v7', 'os.version': 'x' } },
          { ...entry, platform: null, annotations: null },
        ],
      }),
    ).toEqual({
      kind: 'index',
      manifests: [
        { ...entry, annotations: {}, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
        { ...entry, annotations: {} },
      ],
    });
  });

  it('may hold an index', () => {
    expect(parse({ manifests: [{ ...entry, mediaType: INDEX }] })).toMatchObject({ manifests: [{ mediaType: INDEX }] });
  });

  it('does not let an annotation reach a prototype', () => {
    const manifest = parseManifest(
      `{"manifests":[{"mediaType":"${IMAGE}","digest":"${digestOf('1')}","size":1,"annotations":{"__proto__":"x"}}]}`,
    );
    expect(manifest).toMatchObject({ manifests: [{ annotations: {} }] });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each([
    ['the platform unknown/unknown', { platform: UNKNOWN }, true],
    ['BuildKit’s platform and annotation', { platform: UNKNOWN, annotations: ATTESTS }, true],
    ['a platform', { platform: AMD64 }, false],
    ['a platform of which half is unknown', { platform: { ...AMD64, os: 'unknown' } }, false],
    ['no platform', {}, false],
    [
      'a platform, whatever annotation it has: runtimes choose by platform',
      { platform: AMD64, annotations: ATTESTS },
      false,
    ],
    ['a platform, whatever artifact type it has', { platform: AMD64, artifactType: 'application/x' }, false],
    ['no platform, whatever annotation it has: runtimes ask its config', { annotations: ATTESTS }, false],
    ['no platform, whatever artifact type it has: its own manifest tells', { artifactType: 'application/x' }, false],
  ])('entry is, or is not, an attestation with %s: %j %s', (_, fields, expected) => {
    expect(isAttestation({ ...entry, annotations: {}, ...fields })).toBe(expected);
  });
});

describe('what is refused', () => {
  it.each([
    ['what is not JSON', '{', undefined, 'it is not JSON'],
    ['a byte order mark', '\uFEFF{}', undefined, 'it is not JSON'],
    ['a list', '[]', undefined, 'it is no JSON object'],
    ['null', 'null', undefined, 'it is no JSON object'],
    ['an empty object', '{}', undefined, 'it lists neither layers nor manifests'],
    [
      'both manifests and layers',
      '{"manifests":[],"layers":[]}',
      undefined,
      'it lists both manifests and layers, and can be read as an index and as an image',
    ],
    [
      'both manifests and a config',
      '{"manifests":[],"config":{}}',
      undefined,
      'it lists both manifests and layers, and can be read as an index and as an image',
    ],
    [
      'an index that the registry calls an image',
      '{"manifests":[]}',
      IMAGE,
      'it lists manifests, but its media type is that of an image',
    ],
    [
      'an image that calls itself an index',
      JSON.stringify(manifestOf({ mediaType: INDEX })),
      undefined,
      'it lists layers, but its media type is that of an index',
    ],
    [
      'schema version 1',
      '{"schemaVersion":1,"fsLayers":[]}',
      undefined,
      'it is of schema version 1, which names no config',
    ],
    ['layers without a config', '{"layers":[]}', undefined, 'config is no descriptor'],
    [
      'another digest algorithm',
      JSON.stringify(manifestOf({ layers: [{ ...layerOf('1'), digest: `sha512:${'1'.repeat(128)}` }] })),
      undefined,
      'layers.0.digest is no sha256 digest',
    ],
    [
      'a negative size',
      JSON.stringify(manifestOf({ layers: [{ ...layerOf('1'), size: -1 }] })),
      undefined,
      'layers.0.size is below zero',
    ],
    [
      'a size beyond all numbers',
      JSON.stringify(manifestOf({ layers: [{ ...layerOf('1'), size: 7 }] })).replace('"size":7', '"size":1e400'),
      undefined,
      'layers.0.size is no number of bytes',
    ],
    [
      'ten thousand layers',
      JSON.stringify(manifestOf({ layers: Array.from({ length: 10_000 }, () => layerOf('1')) })),
      undefined,
      'layers has more than 1000 entries',
    ],
    [
      'ten thousand platforms',
      JSON.stringify({ manifests: Array.from({ length: 10_000 }, () => layerOf('1')) }),
      undefined,
      'manifests has more than 1000 entries',
    ],
    ['nesting without end', '['.repeat(10_000) + ']'.repeat(10_000), undefined, 'it is no JSON object'],
  ])('is %s', (_, body, mediaType, why) => {
    expect(refusal(body, mediaType)).toEqual({
      code: 'MANIFEST_INVALID',
      message: `The manifest cannot be used: ${why}.`,
    });
  });
});
