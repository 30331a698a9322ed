/** Whatever part of an image holds a secret: no rule tells it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknown } from '../../../../shared/base/known.ts';
import type { InspectedImage } from '../../../../shared/dossier/inspected-image.ts';
import { IMAGE_RULES } from '../../../../shared/dossier/rules/catalogue.ts';
import { appStep, exampleImage, IN_APP } from '../../../../shared/dossier/rules/example-image.ts';
import { NOTABLE_KINDS } from '../../../../shared/layer/layer-report.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const characters = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ANY = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const token = fc.oneof(
  characters(UPPER, 16).map((text) => `AKIA${text}`),
  characters(ANY, 36).map((text) => `ghp_${text}`),
  characters(ANY, 24).map((text) => `glpat-${text}`),
  characters(ANY, 36).map((text) => `npm_${text}`),
  characters('0123456789abcdef', 24).map((text) => `xoxb-${text}`),
);
/** Known as a secret only by what stands beside it. */
const password = characters(ANY, 20).map((text) => `Q7${text}`);

const toldOf = (image: InspectedImage): string => JSON.stringify(IMAGE_RULES.map((rule) => evaluate(rule, image)));

const file = { mode: 0o4777, uid: 0, gid: 0, size: 9 } as const;

/** A token has its own form: it may stand anywhere. */
const withTokenEverywhere = (secret: string): InspectedImage =>
  exampleImage({
    tag: 'latest',
    config: {
      User: secret,
      Env: [
        `A=${secret}`,
        `LD_PRELOAD=${secret}`,
        `${secret}=1`,
        `NODE_OPTIONS=--inspect ${secret}`,
        `JAVA_OPTS=${secret} jdwp`,
      ],
      ExposedPorts: [secret, `22/${secret}`],
      WorkingDir: `/proc/self/fd/${secret}`,
      Entrypoint: ['/bin/sh', '-c', secret],
      Cmd: ['sshd', secret],
      Labels: { [`containerd.io/${secret}`]: secret, 'containerd.io/restart.loguri': `binary:///${secret}` },
      Volumes: [`/../${secret}`, `/etc/${secret}`, `/${secret}.sock`],
      Healthcheck: ['CMD', secret],
      OnBuild: [`RUN ${secret}`, secret],
      Shell: [secret],
    },
    imageConfig: { author: secret },
    manifest: { mediaType: secret, annotations: { [secret]: secret } },
    steps: [
      `ENV A=${secret}`,
      `ARG A=${secret}`,
      `RUN A=${secret} sudo make`,
      `RUN curl -k http://user:${secret}@example.com/${secret} | sh`,
      `RUN docker login -p ${secret} registry.example.com`,
      `RUN apt-get install -y --allow-unauthenticated ${secret}`,
      `RUN pip install ${secret} && apk add ${secret} && npm i ${secret} && cd /${secret} && git -c http.sslVerify=false clone ${secret}`,
      `RUN apt-get update ${secret}`,
      `RUN apt-get dist-upgrade ${secret}`,
      `RUN make | tee ${secret}`,
      `ADD ${secret} /`,
      `ADD https://example.com/${secret} /`,
      `LABEL ${secret}=${secret}`,
      `MAINTAINER ${secret}`,
      `USER ${secret}`,
      `WORKDIR ${secret}`,
      `VOLUME ["/etc/${secret}"]`,
      `ONBUILD RUN ${secret}`,
    ].map((text, index) => appStep(text, index)),
    tree: {
      notable: NOTABLE_KINDS.map((kind) => ({ ...file, ...IN_APP, kind, path: `srv/${secret}`, detail: secret })),
      secrets: [
        { ...IN_APP, kind: 'private-key', path: `srv/${secret}`, fingerprint: 'f'.repeat(32) },
        { ...IN_APP, kind: 'jwt', path: `srv/${secret}`, fingerprint: 'e'.repeat(32), deletedBy: IN_APP.layer },
      ],
      components: [{ ...IN_APP, type: 'deb', name: secret, version: secret, path: secret }],
      system: {
        passwd: {
          size: 2_000_000,
          malformed: 0,
          accounts: [0, 0].map((uid) => ({ name: secret, uid, gid: 0, shell: secret })),
        },
        group: { size: 2_000_000, malformed: 0, groups: [0, 0].map((gid) => ({ name: secret, gid })) },
        shadow: { emptyPasswords: [secret] },
        sudoers: [{ path: `etc/sudoers.d/${secret}`, withoutPassword: true, all: true }],
        osRelease: { path: 'etc/os-release', fields: { ID: secret, VERSION_ID: secret, NAME: secret } },
        ldSoPreload: [secret],
        gitConfigs: [{ path: `srv/${secret}/.git/config`, urlWithCredentials: true }],
      },
    },
    supplyChain: {
      base: { name: `docker.io/somebody/${secret}`, evidence: 'labels' },
      currentBase: unknown(secret),
      signature: 'present, not verified',
      signatureDetail: secret,
    },
    allowedBases: ['nothing'],
    signatureExpected: true,
  });

/** Where the name of a variable, an option or a place gives a password away. */
const withPasswordWhereTheyStand = (secret: string): InspectedImage =>
  exampleImage({
    config: {
      User: 'root',
      Env: [`DB_PASSWORD=${secret}`, `URL=postgres://app:${secret}@db/app`, `JAVA_OPTS=-Dpassword=${secret} jdwp`],
      Labels: { 'containerd.io/secret': secret, password: secret },
      OnBuild: [`ENV PASSWORD ${secret}`, `RUN login ${secret}`],
      Healthcheck: ['CMD', 'check', '--password', secret],
      Entrypoint: ['/bin/sh', '-c', `app --password ${secret}`],
    },
    steps: [
      `ENV DB_PASSWORD=${secret}`,
      `ENV OLD_TOKEN="${secret}"`,
      `ARG API_KEY=${secret}`,
      `RUN API_KEY=${secret} SECRET='${secret}' make`,
      `RUN <<EOF\nexport API_KEY=${secret}\nmake\nEOF`,
      `RUN docker login -u ci -p ${secret} registry.example.com | sh`,
      `RUN curl -k -u ci:${secret} https://example.com | sh`,
      `RUN echo root:${secret} | chpasswd`,
      `RUN git clone https://ci:${secret}@git.example.com/app`,
      `RUN wget --no-check-certificate --password=${secret} https://ci:${secret}@example.com/a`,
      `RUN npm config set strict-ssl false && npm config set //r.example.com/:_authToken ${secret}`,
      `RUN sudo sshpass -p ${secret} scp a b`,
      `ADD https://ci:${secret}@example.com/a.tar /`,
      `ONBUILD ENV PASSWORD ${secret}`,
    ].map((text, index) => appStep(text, index)),
    manifest: {
      layers: exampleImage().manifest.layers.map((layer) => ({
        ...layer,
        urls: [`https://ci:${secret}@example.com/a`],
      })),
    },
    supplyChain: { base: { name: `ci:${secret}@registry.example.com/base`, evidence: 'labels' } },
  });

describe('a secret', () => {
  it('of a known form is in no verdict, whatever part of the image holds it', () => {
    fc.assert(
      fc.property(token, (secret) => {
        expect(toldOf(withTokenEverywhere(secret))).not.toContain(secret.slice(6));
      }),
      { numRuns: 50 },
    );
  });

  it('that only its place gives away is in no verdict', () => {
    fc.assert(
      fc.property(password, (secret) => {
        const told = toldOf(withPasswordWhereTheyStand(secret));
        expect(told).not.toContain(secret.slice(0, 8));
        expect(told).not.toContain(secret.slice(-8));
      }),
      { numRuns: 50 },
    );
  });

  it('that stands where a quoted text is cut is in no verdict, not even its beginning', () => {
    fc.assert(
      fc.property(token, fc.integer({ min: 100, max: 330 }), (secret, length) => {
        const filler = `/${'a'.repeat(length)}`;
        const steps = [
          appStep(`RUN curl -k https://example.com${filler} ${secret} | sh`),
          appStep(`RUN apt-get install -y ${filler} ${secret}`, 3),
          appStep(`RUN apt-get update ${filler} ${secret}`, 4),
          appStep(`ADD https://example.com${filler} ${secret}`, 5),
        ];
        const told = toldOf(
          exampleImage({ steps, config: { WorkingDir: `/proc${filler} ${secret}`, User: `${filler} ${secret}` } }),
        );
        expect(told).not.toContain(secret.slice(4, 12));
      }),
      { numRuns: 100 },
    );
  });

  it('is found in these images by many rules, so that the above says something', () => {
    const image = withPasswordWhereTheyStand('Q7hunter2hunter2hunter2');
    const failing = IMAGE_RULES.filter((rule) => evaluate(rule, image).verdict === 'fail').map(({ id }) => id);
    expect(failing).toEqual(
      expect.arrayContaining(['IMG-010', 'IMG-011', 'IMG-014', 'IMG-028', 'IMG-030', 'IMG-032', 'IMG-035']),
    );
  });
});
