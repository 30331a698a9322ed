import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepsFromImage } from '../../../shared/dockerfile/steps.ts';
import { dossierFromImage } from '../../../shared/dossier/dossier-from-image.ts';
import { indexDossier } from '../../../shared/dossier/dossiers-without-config.ts';
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
  annotations: {},
});

const dossierOf = (name: string, layers: number) =>
  dossierFromImage(IMAGE, manifestOf(layers), parseImageConfig(read(name)));

const storyOf = (name: string, layers: number) => stepsFromImage(parseImageConfig(read(name)), manifestOf(layers));

const UBUNTU_TWICE = 'The history tells of 4 layers, but the image has 2.';
const without = (tool: string): string => `it was built by ${tool}, without a Dockerfile`;

/** As read in each file by eye: no line of it was taken from what the program says. */
const FACTS = [
  // file, layers, instructions, user, attributed or why not, index of the base image's last instruction, what history leaves out
  ['config-alpine-310.json', 1, 2, '', true, -1, undefined],
  ['config-alpine-distroless.json', 1, 1, '65532', true, -1, without('apko')],
  ['config-amazon-2.json', 1, 2, '', true, -1, undefined],
  ['config-anchore-engine-user.json', 7, 20, 'anchore:anchore', true, -1, 'a file system was imported into it'],
  ['config-bazel.json', 1, 1, '', true, -1, without('Bazel')],
  ['config-buildkit-11-steps-amd64.json', 5, 11, '', true, -1, undefined],
  ['config-centos-7.json', 1, 3, '', true, -1, undefined],
  ['config-distroless-base.json', 2, 2, '', true, -1, without('Bazel')],
  ['config-dockle-apk-cache.json', 3, 4, '', true, 1, undefined],
  ['config-dockle-multi-add.json', 2, 9, '', UBUNTU_TWICE, 5, 'its history and its layers do not agree'],
  ['config-dockle-nginx.json', 3, 11, '', true, 1, undefined],
  ['config-fluentd-gems.json', 6, 11, '', true, 1, undefined],
  ['config-mariner-1.0.json', 1, 1, '', true, -1, 'a file system was imported into it'],
  ['config-multiplatform-arm64.json', 1, 2, '', true, -1, undefined],
  ['config-snyk-gcc.json', 2, 4, '', true, 1, undefined],
  ['config-zstd-layers.json', 4, 5, '', true, 1, without('BuildKit')],
] as const;

describe.skipIf(!recorded)('recorded configs', () => {
  it.each(FACTS)(
    '%s: %d layers, %d instructions, user "%s", attributed: %s, base ends at %d, left out: %s',
    (name, layers, instructions, user, attributed, baseEnd, gap) => {
      const dossier = dossierOf(name, layers);
      expect(dossier.instructions).toHaveLength(instructions);
      expect(dossier.user).toBe(user);
      expect(dossier.attribution).toEqual(
        attributed === true ? { attributed } : { attributed: false, reason: attributed },
      );
      expect(dossier.instructions.filter(({ layer }) => layer)).toHaveLength(attributed === true ? layers : 0);
      const origins = dossier.instructions.map(({ origin, evidence }) => `${origin} by ${evidence}`);
      expect(origins).toEqual(
        origins.map((_, index) =>
          baseEnd < 0 ? 'unknown by none' : index <= baseEnd ? 'base by history' : 'app by history',
        ),
      );
      expect(storyOf(name, layers).historyGap).toBe(gap);
    },
  );

  it('are all in the table', () => {
    const names = readdirSync(RECORDINGS).filter((name) => name.startsWith('config-'));
    expect(names.sort()).toEqual(FACTS.map(([name]) => name).sort());
  });

  it.each([
    ['config-dockle-apk-cache.json', 3, { layers: 1, evidence: 'history' }],
    ['config-dockle-multi-add.json', 2, { evidence: 'history' }],
    ['config-zstd-layers.json', 4, { layers: 1, evidence: 'history' }],
    ['config-bazel.json', 1, { evidence: 'none' }],
  ])('%s: how many layers are the base image’s', (name, layers, base) => {
    expect(storyOf(name, layers).base).toEqual(base);
  });

  /** Written down from the config alone, before the program was asked. */
  const DOCKERFILES: Readonly<Record<string, readonly string[]>> = {
    'config-alpine-310.json': ['ADD <file> /', 'CMD ["/bin/sh"]'],
    'config-alpine-distroless.json': ['apko'],
    'config-amazon-2.json': ['ADD <file> /', 'CMD ["/bin/bash"]'],
    'config-bazel.json': ['bazel build ...'],
    'config-buildkit-11-steps-amd64.json': [
      'COPY base-a.txt /base.txt',
      'LABEL base=a',
      'COPY layer1.txt /layer1',
      'ARG arg=value',
      'COPY layer2.txt /layer2',
      'COPY layer3.txt /layer3',
      'COPY layer.tar /dir/layer.tar',
      'ARG arg_label=value',
      'LABEL arg_label=arg_for_label',
      'LABEL version=3',
      'VOLUME ["/volume"]',
    ],
    'config-centos-7.json': [
      'ADD <file> /',
      'LABEL org.label-schema.schema-version=1.0 org.label-schema.name="CentOS Base Image" org.label-schema.vendor=CentOS org.label-schema.license=GPLv2 org.label-schema.build-date=20181204',
      'CMD ["/bin/bash"]',
    ],
    'config-distroless-base.json': ['bazel build ...', 'bazel build ...'],
    'config-dockle-apk-cache.json': [
      'ADD <file> /',
      'CMD ["/bin/sh"]',
      'RUN apk add wget curl',
      'ADD <file> /app/credential.json',
    ],
    'config-dockle-multi-add.json': [
      'ARG RELEASE',
      'ARG LAUNCHPAD_BUILD_ARCH',
      'LABEL org.opencontainers.image.ref.name=ubuntu',
      'LABEL org.opencontainers.image.version=22.04',
      'ADD <file> /',
      'CMD ["/bin/bash"]',
      'RUN echo "hello"',
      'ADD <file> /',
      'ADD <file> /',
    ],
    'config-fluentd-gems.json': [
      'ADD <file> /',
      'CMD ["bash"]',
      'ARG DEBIAN_FRONTEND=noninteractive',
      'COPY <file> /tmp/install.sh',
      'COPY <file> /Gemfile',
      'RUN DEBIAN_FRONTEND=noninteractive chmod +x /tmp/install.sh && /bin/bash -l -c /tmp/install.sh && rm /tmp/*',
      'COPY <file> /etc/fluent/fluent.conf',
      'COPY <file> /run.sh',
      'EXPOSE 80',
      'ENV LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2',
      'CMD ["/run.sh"]',
    ],
    'config-mariner-1.0.json': ['Imported from -'],
    'config-multiplatform-arm64.json': ['ARG TARGETPLATFORM=linux/arm64', 'COPY README.md /linux/arm64/README.md'],
    'config-snyk-gcc.json': [
      'ADD <file> /',
      'CMD ["bash"]',
      'LABEL maintainer="Jessie Frazelle <jess@linux.com>"',
      'RUN apt-get update && apt-get install -y gcc libc6-dev --no-install-recommends && rm -rf /var/lib/apt/lists/*',
    ],
    'config-zstd-layers.json': [
      'ADD <file> /',
      'CMD ["sh"]',
      'mkdir /proc, mkdir /sys, mkdir /base, mkfile /base/base.txt',
      'mkdir /inputs/git, mkfile /inputs/llb.txt, copy /artifact.txt /inputs/http.txt, copy /git.txt /inputs/git/git.txt, copy /sub/nested.txt /inputs/git/nested.txt',
      'mount / from exec sh -eux -c mkdir -p /generated/deeper echo exec-fixture > /generated/exec.txt echo nested-exec > /generated/deeper/nested.txt',
    ],
  };

  it.each(Object.entries(DOCKERFILES))('%s is the Dockerfile that one writes down from it', (name, lines) => {
    const layers = FACTS.find(([file]) => file === name)?.[1] ?? 0;
    expect(dossierOf(name, layers).instructions.map(({ text }) => text)).toEqual(lines);
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
    const manifest = parseManifest(read(name));
    if (manifest.kind === 'image') return ['image'];
    if (manifest.kind === 'artifact') return ['artifact', manifest.artifactType];
    const { platforms, attestations } = indexDossier(IMAGE, manifest);
    const about = attestations.map((attestation) => platforms.findIndex(({ digest }) => digest === attestation.about));
    return ['index', platforms.map(({ platform }) => platform), about];
  };

  const table = [
    ['buildkit-doc-attestation-1.json', ['artifact', 'application/vnd.docker.attestation.manifest.v1+json']],
    ['index-buildx-attestation-0.json', ['index', ['linux/amd64'], [0]]],
    [
      'index-buildx-attestation-2.json',
      [
        'index',
        ['linux/amd64', 'linux/arm/v7', 'linux/arm64', 'linux/s390x', 'linux/ppc64le', 'linux/riscv64'],
        [0, 1, 2, 3, 4, 5],
      ],
    ],
    ['index-multiplatform.json', ['index', ['linux/amd64', 'linux/arm64'], []]],
    ['index-with-builder-attestations-unknown-platform.json', ['index', ['linux/amd64', 'linux/arm64'], [0, 1]]],
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
