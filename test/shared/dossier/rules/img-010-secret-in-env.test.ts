import { describe, expect, it } from 'vitest';
import { appStep, exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { secretInEnv } from '../../../../shared/dossier/rules/img-010-secret-in-env.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const verdictOn = (...Env: string[]) => evaluate(secretInEnv, exampleImage({ config: { Env } }));

// Made up, and put together here, so that no scanner of source code takes them for somebody's.
const ID = ['AKIA', 'QR7STU2VWX3YZ4AB'].join('');
const JWT = ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJleGFtcGxlIn0', 'c2lnbmF0dXJl'].join('.');
const KEY = ['-----BEGIN RSA PRIVATE', 'KEY-----\nMIIEowIBAAKCAQEA0Z\n-----END RSA PRIVATE', 'KEY-----'].join(' ');

describe('a value in the environment', () => {
  it.each([
    ['an access key', `ID=${ID}`],
    ['a JWT', `SESSION=${JWT}`],
    ['a private key', `TLS=${KEY}`],
    ['a token inside of other text', `OPTS=--header ${JWT}`],
  ])('that has the form of a credential is one: %s', (_, line) => {
    expect(verdictOn(line)).toMatchObject({ verdict: 'fail', severity: 'CRITICAL', confirmed: true });
  });

  it.each([
    'DB_PASSWORD=s3cr3tPa55',
    'PGPASSWORD=s3cr3tPa55',
    'GITHUB_TOKEN=s3cr3tPa55',
    'AWS_SECRET_ACCESS_KEY=s3cr3tPa55',
    'KEYCLOAK_ADMIN_PASSWORD=s3cr3tPa55',
    'DATABASE_URL=postgres://app:s3cr3tPa55@db/app',
  ])('that its name calls a secret may be one: %s', (line) => {
    expect(verdictOn(line)).toMatchObject({ verdict: 'fail', severity: 'MEDIUM', confirmed: false });
  });

  it.each([
    ['the key that signs Python’s releases', 'GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568'],
    ['several of them', 'GPG_KEYS=E3FF2839C048B25C084DEBE9B26995E310250568'],
    ['a public key', 'JWT_PUBLIC_KEY=AAAAB3NzaC1yc2EAAAADAQABAAAB'],
    ['a keyring’s path', 'APT_KEYRING=/usr/share/keyrings/app.gpg'],
    ['a keystore’s path', 'SSL_KEYSTORE=/etc/ssl/app.jks'],
    ['a word that only begins like a secret’s', 'KEYCLOAK_VERSION=26.0'],
    ['a word that only ends like a secret’s', 'MONKEY=banana'],
    ['a word in the middle of another', 'PASSENGER_APP_ENV=production'],
    ['a package pin', 'LIBCRYPTO3=3.1.4-r1'],
    ['a log setting', 'PHP_ACCESS_LOG=/proc/self/fd/2'],
    ['a file that holds the secret', 'POSTGRES_PASSWORD_FILE=/run/secrets/db'],
    ['a path under a secret’s name', 'SSH_KEY=/run/secrets/id'],
    ['an empty value', 'MYSQL_ROOT_PASSWORD='],
    ['no value at all', 'MYSQL_ROOT_PASSWORD'],
    ['a placeholder', 'API_TOKEN=changeme'],
    ['a reference', 'API_TOKEN=$TOKEN'],
  ])('that is none is none: %s', (_, line) => {
    expect(verdictOn(line).verdict).toBe('pass');
  });

  it('is told by its variable’s name and not by itself', () => {
    const { evidence } = verdictOn('DB_PASSWORD=s3cr3tPa55', `ID=${ID}`);
    expect(evidence.map(({ text }) => text)).toEqual([
      'ENV ID holds a credential of a known form',
      'ENV DB_PASSWORD looks like a secret',
    ]);
  });

  it('belongs to the last instruction that sets the variable', () => {
    const steps = [
      { ...appStep('ENV DB_PASSWORD=old1Pa55'), origin: 'base' as const },
      appStep('ENV A=1 DB_PASSWORD="s3cr3t Pa55"', 3),
      appStep('ENV OTHER_DB_PASSWORD=', 4),
    ];
    const image = exampleImage({ config: { Env: ['DB_PASSWORD=s3cr3t Pa55'] }, steps });
    expect(evaluate(secretInEnv, image).evidence).toMatchObject([{ instruction: 3, origin: 'app' }]);
  });

  it('stays a secret of the image where a later ENV takes it away', () => {
    const image = exampleImage({ config: { Env: ['ID='] }, steps: [appStep(`ENV ID=${ID}`), appStep('ENV ID=', 3)] });
    expect(evaluate(secretInEnv, image)).toMatchObject({ severity: 'CRITICAL', evidence: [{ instruction: 2 }] });
  });

  it('is not looked for in commands', () => {
    const image = exampleImage({
      steps: [appStep('RUN apk add libcrypto3=3.1.4-r1 && echo "access.log = x" > /etc/a')],
    });
    expect(evaluate(secretInEnv, image).verdict).toBe('pass');
  });
});
