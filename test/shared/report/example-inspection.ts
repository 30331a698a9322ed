/** An inspected image for the renderers' tests: small enough to write down by hand what is said of it. */

import { type Digest, isDigest } from '../../../shared/image/digest.ts';
import type { InspectedPlatform, InspectedReference } from '../../../shared/report/inspected-reference.ts';

export const digest = (digit: string): Digest => {
  const text = `sha256:${digit.repeat(64)}`;
  if (!isDigest(text)) throw new TypeError(text);
  return text;
};
export const BASE = digest('1');
export const APP = digest('2');
export const LAST = digest('3');

export const PLATFORM: InspectedPlatform = {
  platform: 'linux/amd64',
  digest: digest('a'),
  instructions: [
    {
      position: 1,
      keyword: 'ADD',
      text: 'ADD rootfs.tar.xz /',
      origin: 'base',
      evidence: 'provenance',
      layer: { digest: BASE, diffId: digest('4') },
    },
    { position: 2, keyword: 'CMD', text: 'CMD ["bash"]', origin: 'base', evidence: 'provenance' },
    {
      position: 3,
      keyword: 'COPY',
      text: 'COPY . /srv',
      origin: 'app',
      evidence: 'provenance',
      line: 3,
      layer: { digest: APP, diffId: digest('5') },
    },
    {
      position: 4,
      keyword: 'RUN',
      text: 'RUN rm /srv/id_rsa',
      origin: 'app',
      evidence: 'provenance',
      line: 4,
      layer: { digest: LAST, diffId: digest('6') },
    },
  ],
  attribution: { attributed: true },
  inspection: {
    base: { name: 'docker.io/library/debian:12-slim', digest: digest('7'), layers: 1, evidence: 'provenance' },
    layers: [
      {
        digest: BASE,
        diffId: digest('4'),
        size: 29_123_456,
        files: 2_900,
        instruction: 0,
        origin: 'base',
        truncated: [],
      },
      { digest: APP, diffId: digest('5'), size: 950, files: 1, instruction: 2, origin: 'app', truncated: [] },
      {
        digest: LAST,
        size: 32,
        files: 0,
        instruction: 3,
        origin: 'app',
        truncated: [{ by: 'time', text: 'Its time was up.' }],
      },
    ],
    verdicts: [
      {
        rule: 'IMG-001',
        verdict: 'fail',
        severity: 'HIGH',
        class: 'privilege',
        confirmed: true,
        origin: 'app',
        evidence: [{ text: 'no user is set, so that it is root', origin: 'app' }],
        evidenceLeftOut: 0,
      },
      {
        rule: 'IMG-004',
        verdict: 'unknown',
        severity: 'LOW',
        class: 'privilege',
        confirmed: true,
        origin: 'unknown',
        evidence: [],
        evidenceLeftOut: 0,
        because: 'one layer was not read in full',
      },
      {
        rule: 'IMG-013',
        verdict: 'fail',
        severity: 'CRITICAL',
        class: 'secret',
        confirmed: true,
        origin: 'app',
        evidence: [
          { text: 'private-key in srv/id_rsa', origin: 'app', instruction: 2, layer: APP, path: 'srv/id_rsa' },
        ],
        evidenceLeftOut: 2,
      },
      {
        rule: 'IMG-032',
        verdict: 'pass',
        severity: 'LOW',
        class: 'supply-chain',
        confirmed: true,
        origin: 'unknown',
        evidence: [],
        evidenceLeftOut: 0,
      },
      {
        rule: 'IMG-042',
        verdict: 'fail',
        severity: 'INFO',
        class: 'surface',
        confirmed: false,
        origin: 'base',
        evidence: ['bin/sh', 'usr/bin/apt', 'usr/bin/dpkg', 'usr/bin/perl'].map((path) => ({
          text: path,
          origin: 'base' as const,
          instruction: 0,
          layer: BASE,
          path,
        })),
        evidenceLeftOut: 0,
      },
      {
        rule: 'IMG-055',
        verdict: 'not-applicable',
        severity: 'INFO',
        class: 'hygiene',
        confirmed: true,
        origin: 'unknown',
        evidence: [],
        evidenceLeftOut: 0,
        because: 'Lambda takes no health check',
      },
    ],
    secrets: [
      {
        kind: 'private-key',
        path: 'srv/id_rsa',
        fingerprint: '0123456789abcdef0123456789abcdef',
        layer: APP,
        origin: 'app',
        instruction: 2,
        deletedBy: LAST,
      },
    ],
    supplyChain: {
      base: { name: 'docker.io/library/debian:12-slim', digest: digest('7'), layers: 1, evidence: 'provenance' },
      currentBase: { known: false, reason: 'nobody was asked' },
      signature: 'present, not verified',
      signatureDetail: 'no key is given',
      sbom: { known: true, value: true },
      provenance: { known: true, value: true },
    },
    distribution: 'Debian GNU/Linux 12 (bookworm)',
    components: 2,
    complete: false,
    componentList: [
      {
        name: 'bash',
        version: '5.2.15-2+b2',
        type: 'deb',
        path: 'var/lib/dpkg/status',
        layer: BASE,
        origin: 'base',
        instruction: 0,
      },
      {
        name: 'libc6',
        version: '2.36-9+deb12u9',
        type: 'deb',
        path: 'var/lib/dpkg/status',
        layer: BASE,
        origin: 'base',
        instruction: 0,
      },
    ],
  },
};

export const INSPECTED: InspectedReference = {
  reference: 'oci:build',
  digest: digest('a'),
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  platform: 'linux/amd64',
  platforms: [PLATFORM],
};

export const ARTIFACT: InspectedReference = {
  reference: 'oci:chart',
  digest: digest('b'),
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  platforms: [],
  artifact: { type: 'application/vnd.cncf.helm.config.v1+json', reason: 'Its config is that of a chart.' },
};
