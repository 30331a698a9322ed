/** Content made to be slow to read: a megabyte of each in a time that is linear in it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DETECTORS } from '../../../../shared/layer/secrets/secret-kinds.ts';
import { kindsIn } from './read-files.ts';

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
    const start = performance.now();
    expect(kindsIn('app/a.gz', gzipSync(Buffer.alloc(50_000_000)))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
