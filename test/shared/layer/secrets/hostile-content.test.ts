/** Content made to be slow to read: a megabyte of each in a time that is linear in it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DETECTORS } from '../../../../shared/layer/secrets/secret-kinds.ts';
import { createSecretReader } from '../../../../shared/layer/secrets/secret-reader.ts';
import { give, kindsIn } from './read-files.ts';

const SIZE = 1_000_000;
const filled = (unit: string): string => unit.repeat(Math.ceil(SIZE / unit.length));

const UNITS = [
  ...new Set(DETECTORS.flatMap(({ anchors }) => anchors.slice(0, 2))),
  '-----BEGIN RSA PRIVATE KEY-----',
  `-----BEGIN RSA PRIVATE KEY-----${'-'.repeat(4)}a`.repeat(2),
  `LS0tLS1CRUdJTi${'A'.repeat(200)} `,
  `eyJhbG${'A'.repeat(3000)}.`,
  'postgres://a:b',
  `AKIA${'QYLPMN5HHHFPZAM2'} `,
  '"auths" "auth": "YTpiY2RlZg==" ',
  'aws_secret_access_key = ',
  'TWILIO_AUTH_TOKEN',
];

describe('the secret reader', () => {
  it.each(UNITS)('reads %j over and over in time', (unit) => {
    const start = performance.now();
    kindsIn('usr/bin/hostile', filled(unit));
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it.each([
    ['root/.npmrc', '_authToken='],
    ['app/.env', 'A_PASSWORD='],
    ['app/.env', 'PASSWORD="'],
    ['app/a.yaml', 'password: '],
    ['app/a.yaml', 'password:\t'],
    ['app/a.json', 'a'],
    ['app/a.json', 'secret.'],
    ['root/.m2/settings.xml', '<!--'],
    ['root/.m2/settings.xml', '<password>'],
    ['etc/shadow', 'a:$6$'],
    ['etc/shadow', 'aaaa'],
    ['root/.netrc', 'password '],
    ['root/.pgpass', 'a:1:'],
    ['app/.git/config', 'https://'],
    ['app/.git/config', 'extraheader = '],
    ['app/x.tfstate', '['],
    ['app/x.tfstate', '{"a":'],
  ])('reads %s full of %j in time', (path, unit) => {
    const start = performance.now();
    kindsIn(path, filled(unit).slice(0, path.endsWith('tfstate') ? SIZE : 250 * 1024));
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('unpacks no more than its limit', () => {
    const reader = createSecretReader({ fingerprint: () => '-', limits: { unpackedBytes: 10_000_000 } });
    const bomb = gzipSync(Buffer.alloc(500_000_000));
    const start = performance.now();
    give(reader, 'app/a.gz', bomb);
    expect(performance.now() - start).toBeLessThan(3000);
    expect(reader.facts().truncated).toMatchObject([{ by: 'file-size' }]);
  });

  it.each([
    ['a name without an end', Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]), 'x'],
    ['blocks without content', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), '\0\0\0\xff\xff'],
    ['a header after the other', gzipSync(''), gzipSync('').toString('latin1')],
  ])('gives up a packed file with %s', (_, head, unit) => {
    const start = process.cpuUsage();
    kindsIn('app/a.gz', Buffer.concat([head, Buffer.from(unit.repeat(20_000_000 / unit.length), 'latin1')]));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
  });

  it('reads a private key once, whatever kinds it may be of', () => {
    const block = `-----BEGIN PRIVATE KEY-----${'\n'.repeat(15_900)}!-----END`;
    const start = process.cpuUsage();
    kindsIn('app/a', block.repeat(16));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
  });
});
