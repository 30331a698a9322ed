import { describe, expect, it } from 'vitest';
import { inspectionJson, renderInspectionJson } from '../../../shared/report/inspection-json.ts';
import { InspectionJson } from '../../../shared/report/inspection-schema.ts';
import { ARTIFACT, INSPECTED, PLATFORM } from './example-inspection.ts';

const sha = (digit: string) => `sha256:${digit.repeat(64)}`;

describe('an inspection as JSON', () => {
  it('has the documented members, and null for what is not known', () =>
    expect(inspectionJson(INSPECTED)).toEqual({
      image: {
        reference: 'oci:build',
        digest: sha('a'),
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        platform: 'linux/amd64',
      },
      platforms: [
        {
          platform: 'linux/amd64',
          digest: sha('a'),
          dockerfile: [
            { instruction: 'ADD rootfs.tar.xz /', origin: 'base', layer: sha('1'), line: null, evidence: 'provenance' },
            { instruction: 'CMD ["bash"]', origin: 'base', layer: null, line: null, evidence: 'provenance' },
            { instruction: 'COPY . /srv', origin: 'app', layer: sha('2'), line: 3, evidence: 'provenance' },
            { instruction: 'RUN rm /srv/id_rsa', origin: 'app', layer: sha('3'), line: 4, evidence: 'provenance' },
          ],
          attribution: { attributed: true },
          base: { name: 'docker.io/library/debian:12-slim', digest: sha('7'), evidence: 'provenance' },
          layers: [
            {
              digest: sha('1'),
              diffId: sha('4'),
              size: 29_123_456,
              files: 2_900,
              instruction: 0,
              truncated: false,
              truncations: [],
            },
            {
              digest: sha('2'),
              diffId: sha('5'),
              size: 950,
              files: 1,
              instruction: 2,
              truncated: false,
              truncations: [],
            },
            {
              digest: sha('3'),
              diffId: null,
              size: 32,
              files: 0,
              instruction: 3,
              truncated: true,
              truncations: ['Its time was up.'],
            },
          ],
          verdicts: [
            {
              rule: 'IMG-001',
              verdict: 'fail',
              severity: 'HIGH',
              origin: 'app',
              evidence: [
                {
                  text: 'no user is set, so that it is root',
                  origin: 'app',
                  instruction: null,
                  layer: null,
                  path: null,
                },
              ],
              evidenceLeftOut: 0,
              confirmed: true,
            },
            {
              rule: 'IMG-004',
              verdict: 'unknown',
              severity: 'LOW',
              origin: 'unknown',
              evidence: [],
              evidenceLeftOut: 0,
              confirmed: true,
              because: 'one layer was not read in full',
            },
            {
              rule: 'IMG-013',
              verdict: 'fail',
              severity: 'CRITICAL',
              origin: 'app',
              evidence: [
                {
                  text: 'private-key in srv/id_rsa',
                  origin: 'app',
                  instruction: 2,
                  layer: sha('2'),
                  path: 'srv/id_rsa',
                },
              ],
              evidenceLeftOut: 2,
              confirmed: true,
            },
            {
              rule: 'IMG-032',
              verdict: 'pass',
              severity: 'LOW',
              origin: 'unknown',
              evidence: [],
              evidenceLeftOut: 0,
              confirmed: true,
            },
            {
              rule: 'IMG-042',
              verdict: 'fail',
              severity: 'INFO',
              origin: 'base',
              evidence: ['bin/sh', 'usr/bin/apt', 'usr/bin/dpkg', 'usr/bin/perl'].map((path) => ({
                text: path,
                origin: 'base',
                instruction: 0,
                layer: sha('1'),
                path,
              })),
              evidenceLeftOut: 0,
              confirmed: false,
            },
            {
              rule: 'IMG-055',
              verdict: 'not-applicable',
              severity: 'INFO',
              origin: 'unknown',
              evidence: [],
              evidenceLeftOut: 0,
              confirmed: true,
              because: 'Lambda takes no health check',
            },
          ],
          secrets: [
            {
              kind: 'private-key',
              path: 'srv/id_rsa',
              layer: sha('2'),
              deletedBy: sha('3'),
              fingerprint: '0123456789abcdef0123456789abcdef',
            },
          ],
          components: [
            { name: 'bash', version: '5.2.15-2+b2', type: 'deb', layer: sha('1') },
            { name: 'libc6', version: '2.36-9+deb12u9', type: 'deb', layer: sha('1') },
          ],
          distribution: 'Debian GNU/Linux 12 (bookworm)',
          signature: 'present, not verified',
          complete: false,
        },
      ],
    }));

  it('names an artifact and has no platforms', () =>
    expect(inspectionJson(ARTIFACT)).toMatchObject({
      image: { platform: null },
      platforms: [],
      artifact: { type: 'application/vnd.cncf.helm.config.v1+json', reason: 'Its config is that of a chart.' },
    }));

  it('is what its schema says', () => {
    for (const inspected of [INSPECTED, ARTIFACT])
      expect(InspectionJson.parse(JSON.parse(renderInspectionJson(inspected)))).toEqual(inspectionJson(inspected));
  });

  it('keeps the lines of an instruction', () => {
    const [first] = PLATFORM.instructions;
    const instructions = [{ ...first, text: 'RUN <<EOF\nset -e\n  make\u0007\nEOF' }] as typeof PLATFORM.instructions;
    const [platform] = inspectionJson({ ...INSPECTED, platforms: [{ ...PLATFORM, instructions }] }).platforms;
    expect(platform?.dockerfile[0]?.instruction).toBe('RUN <<EOF\nset -e\n  make\nEOF');
  });

  it.each([
    ['libpam-modules', '1.5.2-6+deb12u1'],
    ['libsecret-1-0', '0.20.5-3'],
    ['passwd', '1:4.13+dfsg1-1+deb12u1'],
    ['@scope/api-key', '1.2.3'],
    ['github.com/golang-jwt/jwt/v5', 'v5.2.1'],
    ['golang.org/x/crypto', 'v0.0.0-20240605162424-5b4a7c1f2e3d'],
    ['org.example:token-store', '1.0.0-SNAPSHOT'],
    ['sk-learn', '0.0.1'],
    ['stdlib', 'go1.24.1'],
  ])('does not take the package %s %s for a secret', (name, version) => {
    const componentList = PLATFORM.inspection.componentList.map((component) => ({ ...component, name, version }));
    const platforms = [{ ...PLATFORM, inspection: { ...PLATFORM.inspection, componentList } }];
    expect(inspectionJson({ ...INSPECTED, platforms }).platforms[0]?.components[0]).toMatchObject({ name, version });
  });
});
