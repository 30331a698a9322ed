import { describe, expect, it } from 'vitest';
import { exampleImage, IN_APP, IN_BASE } from '../../../../shared/dossier/rules/example-image.ts';
import { remoteAdmin } from '../../../../shared/dossier/rules/img-040-remote-admin.ts';
import { riskyPorts } from '../../../../shared/dossier/rules/img-041-risky-ports.ts';
import { tools } from '../../../../shared/dossier/rules/img-042-tools.ts';
import { size } from '../../../../shared/dossier/rules/img-043-size.ts';
import { packageCache } from '../../../../shared/dossier/rules/img-049-package-cache.ts';
import { unnecessaryFiles } from '../../../../shared/dossier/rules/img-053-unnecessary-files.ts';
import { healthcheck } from '../../../../shared/dossier/rules/img-055-healthcheck.ts';
import { intrudersTools } from '../../../../shared/dossier/rules/img-060-intruders-tools.ts';

const CUT = 'one layer was not read to its end';
const file = (kind: 'tool' | 'malicious-name' | 'package-cache', path: string, detail?: string) =>
  ({ kind, path, mode: 0o755, uid: 0, gid: 0, size: 1_000, ...(detail && { detail }) }) as const;

describe('rules about files', () => {
  it.each(
    [remoteAdmin, tools, size, packageCache, unnecessaryFiles, intrudersTools].map((rule) => [rule.id, rule] as const),
  )('%s does not answer where a layer was not read', (_, rule) =>
    expect(rule.check(exampleImage({ tree: { incomplete: CUT } }))).toEqual({ verdict: 'unknown', missing: CUT }),
  );

  it('says what it saw even where a layer was not read', () =>
    expect(
      intrudersTools.check(
        exampleImage({ tree: { incomplete: CUT, notable: [{ ...file('malicious-name', 'tmp/kinsing'), ...IN_APP }] } }),
      ),
    ).toEqual({
      verdict: 'fail',
      evidence: [
        { text: 'tmp/kinsing', path: 'tmp/kinsing', origin: 'app', instruction: 2, layer: `sha256:${'2'.repeat(64)}` },
      ],
    }));

  it('names what matters most first', () =>
    expect(
      tools.check(
        exampleImage({
          tree: {
            notable: [
              { ...file('tool', 'bin/sh', 'shell'), ...IN_BASE },
              { ...file('tool', 'usr/bin/curl', 'download'), ...IN_APP },
              { ...file('tool', 'usr/bin/nmap', 'network'), ...IN_APP },
            ],
          },
        }),
      ),
    ).toMatchObject({
      severity: 'LOW',
      evidence: [
        { path: 'usr/bin/nmap', text: 'usr/bin/nmap (network)' },
        { path: 'usr/bin/curl' },
        { path: 'bin/sh' },
      ],
    }));

  it('says how large an image is, and whose that is', () =>
    expect(
      size.check(
        exampleImage({
          manifest: {
            layers: [30_000_000, 600_000_000].map((bytes) => ({
              mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
              digest: exampleImage().manifest.config.digest,
              size: bytes,
            })),
          },
        }),
      ),
    ).toMatchObject({
      evidence: [{ text: '630 MB compressed, 600 MB of it not the base image’s', origin: 'app' }],
    }));
});

describe('rules about the config', () => {
  it('reads the health check out of the config and never out of history', () => {
    expect(healthcheck.check(exampleImage({ config: { Healthcheck: ['CMD-SHELL', 'true'] }, steps: [] })).verdict).toBe(
      'pass',
    );
    expect(healthcheck.check(exampleImage({ config: { Healthcheck: ['NONE'] } })).verdict).toBe('fail');
  });

  it('takes a port without a protocol for one of tcp', () =>
    expect(remoteAdmin.check(exampleImage({ config: { ExposedPorts: ['22'] } })).verdict).toBe('fail'));

  it('finds the instruction that exposed a port', () =>
    expect(
      riskyPorts.check(
        exampleImage({
          config: { ExposedPorts: ['9229/tcp'] },
          steps: [{ index: 7, keyword: 'EXPOSE', text: 'EXPOSE 8080 9229', origin: 'base' }],
        }),
      ),
    ).toEqual({
      verdict: 'fail',
      severity: 'MEDIUM',
      evidence: [{ text: 'EXPOSE 9229/tcp: the debugger of Node.js', origin: 'base', instruction: 7 }],
    }));

  it.each(['', 'port', '99999999/tcp', '-1', '80-/tcp'])('reads over %j, which is no port', (port) =>
    expect(riskyPorts.check(exampleImage({ config: { ExposedPorts: [port] } })).verdict).toBe('pass'),
  );
});
