import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dossierFromImage } from '../../../shared/dossier/dossier-from-image.ts';
import { planDossier } from '../../../shared/dossier/plan-dossier.ts';
import { parseImageConfig } from '../../../shared/image/config.ts';
import { type ImageManifest, parseManifest } from '../../../shared/image/manifest.ts';
import { digestOf, IMAGE, OCI_CONFIG, OCI_LAYER } from '../image/documents.ts';

/** Recordings of other projects; a checkout without them tests everything else. */
const RECORDINGS = join(import.meta.dirname, '../../../../shared/fixtures/given/oci');
const recorded = existsSync(RECORDINGS);
if (!recorded) console.log(`Skipped: no recorded images at ${RECORDINGS}.`);

const read = (name: string): string => readFileSync(join(RECORDINGS, name), 'utf8');

/** A manifest with as many layers as the image that the config was recorded with. */
const manifestOf = (layers: number): ImageManifest => ({
  kind: 'image',
  config: { mediaType: OCI_CONFIG, digest: digestOf('c'), size: 1 },
  layers: Array.from({ length: layers }, () => ({ mediaType: OCI_LAYER, digest: digestOf('1'), size: 1 })),
});

const dossierOf = (name: string, layers: number) =>
  dossierFromImage(IMAGE, manifestOf(layers), parseImageConfig(read(name)));

const UBUNTU_TWICE = 'The history tells of 4 layers, but the image has 2.';

describe.skipIf(!recorded)('recorded configs', () => {
  const table = [
    // file, layers, instructions, user, attributed or why not, the last instruction of the base image
    ['config-alpine-310.json', 1, 2, '', true, undefined],
    ['config-alpine-distroless.json', 1, 1, '65532', true, undefined],
    ['config-amazon-2.json', 1, 2, '', true, undefined],
    ['config-anchore-engine-user.json', 7, 20, 'anchore:anchore', true, undefined],
    ['config-bazel.json', 1, 1, '', true, undefined],
    ['config-buildkit-11-steps-amd64.json', 5, 11, '', true, undefined],
    ['config-centos-7.json', 1, 3, '', true, undefined],
    ['config-distroless-base.json', 2, 2, '', true, undefined],
    ['config-dockle-apk-cache.json', 3, 4, '', true, 'CMD ["/bin/sh"]'],
    ['config-dockle-multi-add.json', 2, 9, '', UBUNTU_TWICE, 'CMD ["/bin/bash"]'],
    ['config-dockle-nginx.json', 3, 11, '', true, 'CMD ["bash"]'],
    ['config-fluentd-gems.json', 6, 11, '', true, 'CMD ["bash"]'],
    ['config-mariner-1.0.json', 1, 1, '', true, undefined],
    ['config-multiplatform-arm64.json', 1, 2, '', true, undefined],
    ['config-snyk-gcc.json', 2, 4, '', true, 'CMD ["bash"]'],
    ['config-zstd-layers.json', 4, 5, '', true, 'CMD ["sh"]'],
  ] as const;

  it.each(table)(
    '%s: %d layers, %d instructions, user "%s", attributed: %s, base ends with %s',
    (name, layers, instructions, user, attributed, baseEnd) => {
      const dossier = dossierOf(name, layers);
      expect(dossier.instructions).toHaveLength(instructions);
      expect(dossier.user).toBe(user);
      expect(dossier.attribution).toEqual(
        attributed === true ? { attributed } : { attributed: false, reason: attributed },
      );
      expect(dossier.instructions.filter(({ layer }) => layer)).toHaveLength(attributed === true ? layers : 0);
      expect(dossier.instructions.findLast(({ origin }) => origin === 'base')?.text).toBe(baseEnd);
    },
  );

  it('are all in the table', () => {
    const names = readdirSync(RECORDINGS).filter((name) => name.startsWith('config-'));
    expect(names.sort()).toEqual(table.map(([name]) => name).sort());
  });

  it('tell which instruction made the layer of the classic builder', () => {
    const { instructions, platform, createdAt } = dossierOf('config-fluentd-gems.json', 6);
    expect(platform).toBe('linux/amd64');
    expect(createdAt).toBe('2020-03-04T13:59:39.161Z');
    expect(instructions.filter(({ layer }) => layer).map(({ position, text }) => [position, text])).toEqual([
      [1, 'ADD <file> /'],
      [4, 'COPY <file> /tmp/install.sh'],
      [5, 'COPY <file> /Gemfile'],
      [
        6,
        'RUN DEBIAN_FRONTEND=noninteractive chmod +x /tmp/install.sh && /bin/bash -l -c /tmp/install.sh && rm /tmp/*',
      ],
      [7, 'COPY <file> /etc/fluent/fluent.conf'],
      [8, 'COPY <file> /run.sh'],
    ]);
  });

  it('hide the passwords of a quickstart image, and leave its settings readable', () => {
    const { env, instructions } = dossierOf('config-anchore-engine-user.json', 7);
    expect(env.filter(({ redacted }) => redacted).map(({ name }) => name)).toEqual([
      'ANCHORE_ADMIN_PASSWORD',
      'ANCHORE_CLI_PASS',
    ]);
    expect(instructions[10]?.text).toContain(' ANCHORE_ADMIN_PASSWORD=[redacted] ANCHORE_ADMIN_EMAIL=admin@myanchore ');
    expect(JSON.stringify(instructions)).not.toContain('foobar');
  });

  it('leave a public key and package pins of nginx readable', () => {
    const { instructions, env, ports } = dossierOf('config-dockle-nginx.json', 3);
    expect(ports).toEqual(['80/tcp']);
    expect(env.some(({ redacted }) => redacted)).toBe(false);
    expect(JSON.stringify(instructions)).not.toContain('[redacted]');
    expect(instructions[6]?.text).toContain('NGINX_GPGKEY=573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62;');
  });
});

describe.skipIf(!recorded)('recorded manifests', () => {
  const kindOf = (name: string): unknown => {
    const plan = planDossier(IMAGE, parseManifest(read(name)));
    if (plan.kind === 'needs-config') return ['image'];
    const { dossier } = plan;
    if (dossier.kind === 'artifact') return [dossier.kind, dossier.artifactType];
    if (dossier.kind === 'index')
      return [dossier.kind, dossier.platforms.map(({ platform }) => platform), dossier.attestations.length];
    return [dossier.kind];
  };

  const table = [
    ['buildkit-doc-attestation-1.json', ['artifact', 'application/vnd.docker.attestation.manifest.v1+json']],
    ['index-buildx-attestation-0.json', ['index', ['linux/amd64'], 1]],
    [
      'index-buildx-attestation-2.json',
      ['index', ['linux/amd64', 'linux/arm/v7', 'linux/arm64', 'linux/s390x', 'linux/ppc64le', 'linux/riscv64'], 6],
    ],
    ['index-multiplatform.json', ['index', ['linux/amd64', 'linux/arm64'], 0]],
    ['index-with-builder-attestations-unknown-platform.json', ['index', ['linux/amd64', 'linux/arm64'], 2]],
    ['manifest-all-media-types.json', ['image']],
    ['manifest-artifact-with-subject.json', ['artifact', 'application/our-artifact']],
    ['manifest-attestation-like-builder.json', ['artifact', 'application/vnd.example.build-type+json']],
    ['manifest-encrypted.json', ['image']],
    ['manifest-helm-chart-not-an-image.json', ['artifact', 'application/vnd.cncf.helm.config.v1+json']],
    ['manifest-zstd-layers.json', ['image']],
  ] as const;

  it.each(table)('%s is %j', (name, expected) => {
    expect(kindOf(name)).toEqual(expected);
  });

  it('are all in the table', () => {
    const names = readdirSync(RECORDINGS).filter((name) => name.endsWith('.json') && !name.startsWith('config-'));
    expect(names.sort()).toEqual(table.map(([name]) => name).sort());
  });
});
