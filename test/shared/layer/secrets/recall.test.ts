/** Every planted secret is found, under its kind and once. */
import { describe, expect, it } from 'vitest';
import { SECRET_KINDS } from '../../../../shared/layer/layer-report.ts';
import { plantedSecrets } from '../../../support/planted-secrets.ts';
import { give, kindsIn, newReader } from './read-files.ts';

const found = [1, 2, 3].flatMap(plantedSecrets).map((planted) => {
  const reader = newReader();
  give(reader, planted.path, planted.content);
  return { ...planted, found: reader.facts().secrets.map(({ kind }) => kind) };
});

describe('the planted secrets', () => {
  it.each(SECRET_KINDS)('of kind %s are all found, and as nothing else', (kind) => {
    const mine = found.filter((planted) => planted.kind === kind);
    const recalled = mine.filter((planted) => planted.found.includes(kind));
    console.log(`${kind.padEnd(30)} ${String(recalled.length).padStart(3)} of ${String(mine.length).padStart(3)}`);
    expect(mine.length).toBeGreaterThan(0);
    expect(
      mine.filter((planted) => planted.found.join() !== kind).map(({ title, found }) => ({ title, found })),
    ).toEqual([]);
  });
});

describe('the password of a database', () => {
  it.each([
    'mydb.c9akciq32.eu-west-1.rds.amazonaws.com',
    'mydb',
    'mysql:3306',
    'mysql',
    'host1.prod.internal',
    'hosting.acme.net',
    'server-3.acme.net',
    'addresses.acme.net',
    'yourls-db',
    'something.acme.net',
    'xray-db',
    'examples-db.acme.net',
    'localhost',
    '10.0.0.7:5432',
  ])('is found before the host %s', (host) => {
    expect(kindsIn('app/settings.py', `URL = 'postgres://app:Zk39fjQp2x@${host}/shop'\n`)).toEqual(['database-url']);
  });

  it.each([
    'host',
    'HOST:5432',
    'hostname.domain.com',
    'server',
    'server.domain.com',
    'myhost',
    'my-server:3306',
    'yourhost',
    'your-db-host.com',
    'address',
    'x.x.x.x',
    'db.example.com',
    'Example.org',
    '%s',
    '$HOST',
    '{host}',
  ])('is none before what stands for a host: %s', (host) => {
    expect(kindsIn('app/settings.py', `URL = 'postgres://app:Zk39fjQp2x@${host}/shop'\n`)).toEqual([]);
  });
});
