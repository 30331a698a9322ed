import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { stepsFromImage } from '../../../shared/dockerfile/steps.ts';
import { dossierFromImage } from '../../../shared/dossier/dossier-from-image.ts';
import { parseImageConfig } from '../../../shared/image/config.ts';
import { type ImageManifest, parseManifest } from '../../../shared/image/manifest.ts';
import { anyPassword, anyToken, secretPart } from '../base/tokens.ts';
import { digestOf, IMAGE, layerOf, manifestOf, OCI_LAYER } from '../image/documents.ts';

const manifestWith = (...layers: readonly string[]): ImageManifest => {
  const manifest = parseManifest(JSON.stringify(manifestOf({ layers: layers.map(layerOf) })));
  if (manifest.kind !== 'image') throw new Error('it is no image');
  return manifest;
};

const dossierOf = (config: object, ...layers: readonly string[]) =>
  dossierFromImage(IMAGE, manifestWith(...layers), parseImageConfig(JSON.stringify(config)));

describe('dossierFromImage', () => {
  it('says what the config and the history say', () => {
    const config = {
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2024-05-06T07:08:09.123456789Z',
      config: {
        User: 'app',
        Env: ['PATH=/bin', 'DB_PASSWORD=hunter2', 'URL=https://bob:hunter2@x.example/', 'OPTS=a=b', 'BARE'],
        ExposedPorts: { '8080/tcp': {} },
        WorkingDir: '/app',
        Entrypoint: ['/app/run'],
        Cmd: ['--token', 'hunter2', '--port', '80'],
        Labels: { version: '1', 'api-token': 'hunter2' },
      },
      history: [
        { created_by: '/bin/sh -c #(nop) ADD file:ab in / ' },
        { created_by: '/bin/sh -c #(nop)  CMD ["sh"]', empty_layer: true },
        { created_by: 'COPY . /app # buildkit' },
        { created_by: 'USER app', empty_layer: true },
      ],
      rootfs: { diff_ids: [digestOf('a'), digestOf('b')] },
    };
    expect(dossierOf(config, '1', '2')).toEqual({
      kind: 'image',
      image: IMAGE,
      platform: 'linux/arm64',
      createdAt: '2024-05-06T07:08:09.123Z',
      layers: [
        { digest: digestOf('1'), diffId: digestOf('a'), size: 100, mediaType: OCI_LAYER },
        { digest: digestOf('2'), diffId: digestOf('b'), size: 100, mediaType: OCI_LAYER },
      ],
      instructions: [
        {
          position: 1,
          keyword: 'ADD',
          text: 'ADD <file> /',
          origin: 'base',
          evidence: 'history',
          layer: { digest: digestOf('1'), diffId: digestOf('a') },
        },
        { position: 2, keyword: 'CMD', text: 'CMD ["sh"]', origin: 'base', evidence: 'history' },
        {
          position: 3,
          keyword: 'COPY',
          text: 'COPY . /app',
          origin: 'app',
          evidence: 'history',
          layer: { digest: digestOf('2'), diffId: digestOf('b') },
        },
        { position: 4, keyword: 'USER', text: 'USER app', origin: 'app', evidence: 'history' },
      ],
      attribution: { attributed: true },
      user: 'app',
      env: [
        { name: 'PATH', value: '/bin', redacted: false },
        { name: 'DB_PASSWORD', value: '[redacted]', redacted: true },
        { name: 'URL', value: 'https://[redacted]@x.example/', redacted: true },
        { name: 'OPTS', value: 'a=b', redacted: false },
        { name: 'BARE', value: '', redacted: false },
      ],
      ports: ['8080/tcp'],
      workingDir: '/app',
      entrypoint: ['/app/run'],
      command: ['--token', '[redacted]', '--port', '80'],
      labels: { version: '1', 'api-token': '[redacted]' },
    });
  });

  it('says nothing of what an empty config does not say', () => {
    expect(dossierOf({}, '1')).toEqual({
      kind: 'image',
      image: IMAGE,
      platform: 'unknown/unknown',
      layers: [{ digest: digestOf('1'), size: 100, mediaType: OCI_LAYER }],
      instructions: [],
      attribution: { attributed: false, reason: 'The image has no history.' },
      user: '',
      env: [],
      ports: [],
      entrypoint: [],
      command: [],
      labels: {},
    });
  });

  it('shows the author’s own lines, with their numbers, where provenance has them', () => {
    const config = parseImageConfig(
      JSON.stringify({
        history: [{ created_by: 'ADD root /' }, { created_by: 'RUN /bin/sh -c make all # buildkit' }],
        rootfs: { diff_ids: [digestOf('a'), digestOf('b')] },
      }),
    );
    const provenance = known({
      dockerfile: 'FROM base:1\nRUN make \\\n  all\n',
      request: { buildArguments: new Map(), contexts: new Map() },
      materials: [],
      steps: [],
    });
    const manifest = manifestWith('1', '2');
    const story = stepsFromImage(config, manifest, { provenance });
    const { instructions } = dossierFromImage(IMAGE, manifest, config, story);
    expect(instructions).toMatchObject([
      { text: 'ADD root /', origin: 'base', evidence: 'provenance' },
      { text: 'RUN make \\\n  all', origin: 'app', evidence: 'provenance', line: 2 },
    ]);
  });

  it('names no diff id where the config lists fewer than the manifest', () => {
    const { layers } = dossierOf({ rootfs: { diff_ids: [digestOf('a')] } }, '1', '2');
    expect(layers.map((layer) => layer.diffId)).toEqual([undefined, undefined]);
  });

  it.each([
    ['1970', '1970-01-01T00:00:00Z'],
    ['the year 1', '0001-01-01T00:00:00Z'],
    ['1980, as buildpacks write it', '1980-01-01T00:00:01Z'],
    ['no time at all', 'yesterday'],
  ])('has no time of creation for %s', (_, created) => {
    expect(dossierOf({ created }).createdAt).toBeUndefined();
  });

  it('keeps a user name as it is, however crafted', () => {
    expect(dossierOf({ config: { User: '+0\u0007:' } }).user).toBe('+0\u0007:');
  });

  const name = fc.constantFrom('DB_PASSWORD', 'apiToken', 'CLIENT_SECRET', 'AWS_SECRET_ACCESS_KEY', 'PGPASSWORD');

  const imageWith = (variable: string, secret: string) => ({
    config: {
      Env: [`${variable}=${secret}`],
      Cmd: ['run', `--${variable}=${secret}`],
      Entrypoint: ['sh', '-c', `${variable}=${secret} run`],
      Labels: { [variable]: secret },
    },
    history: [
      `/bin/sh -c #(nop)  ENV ${variable}=${secret}`,
      `/bin/sh -c #(nop)  ENV A=1 ${variable}=${secret} B=2`,
      `/bin/sh -c #(nop)  ARG ${variable}=${secret}`,
      `/bin/sh -c #(nop)  LABEL ${variable}=${secret}`,
      `|2 A=1 ${variable}=${secret} /bin/sh -c make`,
      `/bin/sh -c export ${variable}=${secret} && make`,
      `RUN |1 ${variable}=${secret} /bin/sh -c make # buildkit`,
      `RUN /bin/sh -c ${variable}="${secret}" make # buildkit`,
      `RUN /bin/sh -c set -e\n${variable}='${secret}'\nmake # buildkit`,
      `ENV ${variable}=${secret}`,
      `ENV ${variable} ${secret}`,
      `CMD ["run" "--${variable}=${secret}"]`,
      `HEALTHCHECK &{["CMD-SHELL" "${variable}=${secret} check"] "0s" "0s" "0s" '\\x00'}`,
      `made with ${variable}=${secret}`,
    ].map((created_by) => ({ created_by })),
  });

  it('lets no token of a known make through, whatever it is called', () => {
    fc.assert(
      fc.property(anyToken, fc.oneof(name, fc.constant('SETTING')), (token, variable) => {
        expect(JSON.stringify(dossierOf(imageWith(variable, token)))).not.toContain(secretPart(token));
      }),
    );
  });

  it('lets no token through in a text that no name introduces', () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        const history = [`RUN /bin/sh -c fetch ${token} # buildkit`, `LABEL note=use ${token} here`, `with ${token}`];
        const config = {
          config: { Cmd: [token], Labels: { note: `use ${token} here` } },
          history: history.map((created_by) => ({ created_by })),
        };
        expect(JSON.stringify(dossierOf(config))).not.toContain(secretPart(token));
      }),
    );
  });

  it('lets nothing through that a name says is secret', () => {
    fc.assert(
      fc.property(anyPassword, name, (password, variable) => {
        expect(JSON.stringify(dossierOf(imageWith(variable, password)))).not.toContain(password);
      }),
    );
  });
});
