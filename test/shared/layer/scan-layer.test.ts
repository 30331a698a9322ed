import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { scanLayer } from '../../../shared/layer/scan-layer.ts';
import { layerOf, slices, sourceOf } from './layer-source.ts';
import { tarEntry, tarOf } from './tar/tar-bytes.ts';

it('finds secrets, packages and notable files in one reading', async () => {
  const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'}${'q7R8'}`;
  const fingerprint = (kind: string, value: Buffer): string =>
    createHmac('sha256', 'key').update(kind).update(value).digest('hex').slice(0, 32);
  const dpkg = 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2.15-2+b7\n\n';
  const blob = gzipSync(
    tarOf(
      tarEntry({ name: 'etc/os-release' }, 'ID=debian\nVERSION_ID="12"\n'),
      tarEntry({ name: 'var/lib/dpkg/status' }, dpkg),
      tarEntry({ name: 'usr/bin/su', mode: '0004755\0' }, 'x'),
      tarEntry({ name: 'app/.netrc' }, 'machine example.org login build password s3cr3t-Pa55\n'),
      tarEntry({ name: 'app/deploy.sh' }, `curl -H "Authorization: token ${token}" https://api.github.com\n`),
    ),
  );
  const report = await scanLayer(sourceOf(slices(blob, 300)), { ...layerOf(blob), fingerprint });
  expect(report.components).toMatchObject([{ name: 'bash', version: '5.2.15-2+b7', type: 'deb' }]);
  expect(report.databases).toEqual(['var/lib/dpkg/status']);
  expect(report.system.osRelease?.fields).toMatchObject({ ID: 'debian', VERSION_ID: '12' });
  expect(report.notable).toContainEqual(expect.objectContaining({ kind: 'setuid', path: 'usr/bin/su', mode: 0o4755 }));
  expect(report.secrets.map(({ path }) => path)).toContain('app/.netrc');
  expect(report.truncated).toEqual([]);
  expect(JSON.stringify(report)).not.toMatch(/s3cr3t|a1B2c3/);
});

it('shows no token that stands in a path, wherever the path goes', async () => {
  const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'}${'q7R8'}`;
  const file = (name: string, content = 'x') => tarEntry({ name }, content);
  const blob = tarOf(
    file(`${token}/.git/config`, '[core]\n'),
    file(`b/${token}/.git/config`, '#\n'.repeat(600_000)),
    file(`etc/sudoers.d/${token}`, 'ci ALL=(ALL) NOPASSWD: ALL\n'),
    file(`app/node_modules/${token}/package.json`, '{"name":"demo","version":"1.0.0"}'),
    file(`b/node_modules/${token}/package.json`, '{"name":"demo","version":"1.0.0"'.padEnd(2_000_000)),
    file(`opt/${token}-1.0.0.jar`, 'PK\u0003\u0004 and no end'),
    file(`var/lib/dpkg/status.d/${token}`, 'Package: demo\nStatus: install ok installed\nVersion: 1-1\n'),
    file(`srv/${token}/.netrc`, `machine a login b password ${token}\n`),
    file(`srv/${token}/long/.netrc`, '#'.repeat(1_100_000)),
    file(`srv/${token}/id_rsa`),
    tarEntry({ name: `usr/bin/${token}`, mode: '0004755\0' }, 'x'),
    tarEntry({ name: 'proc', typeflag: '2', linkName: `/srv/${token}` }),
    file(`.wh.${token}`),
    file('etc/ld.so.preload', `/lib/${token}.so\n`),
  );
  const fingerprint = (): string => '-';
  const { whiteouts, ...report } = await scanLayer(sourceOf(slices(blob)), { ...layerOf(blob), fingerprint });
  // Nothing shows them: they are compared with paths as they are.
  expect(whiteouts).toEqual([token]);
  expect(report.components.length).toBeGreaterThan(1);
  expect(report.system).toMatchObject({ sudoers: [{}], gitConfigs: [{}, {}] });
  expect(report.truncated.length).toBeGreaterThan(2);
  expect(JSON.stringify(report)).not.toMatch(/a1B2c3|P6q7R8/);
});
