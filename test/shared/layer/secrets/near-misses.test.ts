// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shells write their variables like this
/** What looks like a secret and is none. Tokens are joined from parts: the repository holds none, not even a false one. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { kindsIn } from './read-files.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (label: string, body: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const base64 = (bytes: number) =>
  randomBytes(bytes)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: object, payload: object, signature: string) => `${part(header)}.${part(payload)}.${signature}`;
const HS256 = { alg: 'HS256', typ: 'JWT' };

const NEAR_MISSES: readonly (readonly [string, string, string])[] = [
  ['AWS’s documented key', 'app/.env', `AWS_ACCESS_KEY_ID=AKIA${'IOSFODNN7EXAMPLE'}`],
  ['AWS’s documented secret', 'app/.env', `AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`],
  ['an access key id inside a longer word', 'app/a', `xAKIA${'QYLPMN5HHHFPZAM2'}`],
  ['an access key id of one character', 'app/a', `AKIA${'A'.repeat(16)}`],
  ['a GitHub token with a wrong checksum', 'app/a', `ghp_${'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'}0mLq18`],
  ['a GitHub token of x', 'app/.env', `GITHUB_TOKEN=ghp_${'x'.repeat(36)}`],
  ['an npm token with a wrong checksum', 'app/a', `npm_${'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'}0mLq18`],
  ['an npm setting in the environment', 'app/a.sh', 'npm_config_user_agent_with_a_long_name_1234=1'],
  ['a hyphenated word', 'app/a', 'glpat-this-is-not-a-real-token-at-all'],
  ['a Slack webhook of a manual', 'app/a', `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`],
  ['a Stripe key of the test mode', 'app/a', `sk_test_${'4eC39HqLyjWDarjtT1zdp7dc'}`],
  ['an OpenAI key of a manual', 'app/.env', 'OPENAI_API_KEY=sk-your-api-key-goes-here'],
  ['a Google key of a manual', 'app/a', `AIza${'SyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX'}`],
  [
    'the key of the storage emulator',
    'app/a',
    `AccountKey=Eby8vdM02xNO${'cqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='}`,
  ],
  ['a package pin', 'app/requirements.txt', 'libcrypto3=3.1.4-r1\nlibsecret=0.20.4-r0'],
  ['package pins in a script', 'app/install.sh', 'apk add libcrypto3=3.1.4-r1 libsecret=0.20.4-r0 passwd=1:4.8.1-1'],
  ['an OpenPGP public key', 'app/key.asc', pem('PGP PUBLIC KEY BLOCK', base64(600))],
  ['a certificate', 'etc/ssl/cert.pem', pem('CERTIFICATE', base64(900))],
  ['a public key', 'app/pub.pem', String(publicKey.export({ type: 'spki', format: 'pem' }))],
  ['an SSH public key', 'root/.ssh/id_rsa.pub', `ssh-rsa ${randomBytes(279).toString('base64')} me@host`],
  [
    'a private key of a manual',
    'app/a.pem',
    pem('RSA PRIVATE KEY', 'MIIEpAIBAAKCAQEA...\n...your private key goes here...\n'.repeat(3)),
  ],
  ['random bytes as a private key', 'app/a.pem', pem('RSA PRIVATE KEY', `QUJD${base64(900).slice(4)}`)],
  [
    'a private key cut short',
    'app/a.pem',
    String(
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ).slice(0, 700),
  ],
  [
    'the marks of a private key in a program',
    'app/a.go',
    'if bytes.HasPrefix(b, "-----BEGIN RSA PRIVATE KEY-----") { return parse(b, "-----END RSA PRIVATE KEY-----") }',
  ],
  [
    'hashes',
    'app/sums.conf',
    `sha256 = ${randomBytes(32).toString('hex')}\nchecksum=${randomBytes(20).toString('hex')}`,
  ],
  ['a commit', 'app/a.yaml', `commit: ${randomBytes(20).toString('hex')}`],
  ['a UUID', 'app/a.yaml', 'id: 7f0c8a3e-2b1d-4c5f-9e6a-0d1c2b3a4f5e'],
  [
    'a lockfile',
    'app/package-lock.json',
    `{"integrity": "sha512-${randomBytes(64).toString('base64')}", "resolved": "https://registry.npmjs.org/token/-/token-1.0.0.tgz"}`,
  ],
  [
    'minified JavaScript',
    'app/a.min.js',
    'const e={password:t.password,token:n(a1b2c3d4e5f6),secret:r};function o(e,t){return e.token=t}',
  ],
  [
    'a reference',
    'app/.env',
    'DB_PASSWORD=${DB_PASSWORD}\nAPI_TOKEN=$(cat /run/secrets/token)\nSECRET_KEY={{ secret }}',
  ],
  [
    'placeholders',
    'app/.env',
    'DB_PASSWORD=changeme\nAPI_TOKEN=<your-token>\nSECRET=xxxxxxxx\nAPI_KEY=your_api_key\nPASSWORD=password',
  ],
  ['a pattern of an environment', 'app/.env.example', 'DB_PASSWORD=Tr0ub4dor-and-3'],
  [
    'what is said about a secret',
    'app/.env',
    'TOKEN_URL=https://login.test/oauth\nPASSWORD_FILE=/run/secrets/db\nSECRET_NAME=shop/db',
  ],
  ['a published key', 'app/.env', 'STRIPE_PUBLISHABLE_KEY=pk_live_a1B2c3D4e5F6g7H8'],
  ['an algorithm', 'etc/postgresql.conf', 'password_encryption = scram-sha-256'],
  ['a password that nobody can tell from a word', 'app/config.yaml', 'password: correcthorse'],
  ['a database URL with a reference', 'app/a.yaml', 'url: postgres://shop:${PASSWORD}@db/shop'],
  ['a database URL of a manual', 'app/a.yaml', 'url: postgres://user:password@localhost/shop'],
  ['a database URL with the name as password', 'app/a.yaml', 'url: postgres://shop:shop@db/shop'],
  ['a database URL to an example', 'app/a.yaml', 'url: mysql://shop:s3cretpa55@db.example.com/shop'],
  ['an unsigned web token', 'app/a', jwt({ alg: 'none' }, { sub: 'me' }, 'A'.repeat(43))],
  [
    'a web token with a signature of the wrong length',
    'app/a',
    jwt(HS256, { sub: 'me' }, randomBytes(30).toString('base64url')),
  ],
  ['a web token without claims', 'app/a', jwt(HS256, { colour: 'red' }, randomBytes(32).toString('base64url'))],
  [
    'the web token of jwt.io',
    'app/a',
    jwt(HS256, { sub: '1234567890', name: 'John Doe' }, randomBytes(32).toString('base64url')),
  ],
  [
    'a web token for an hour',
    'app/a',
    jwt(HS256, { sub: 'me', iat: 1_700_000_000, exp: 1_700_003_600 }, randomBytes(32).toString('base64url')),
  ],
  [
    'locked accounts',
    'etc/shadow',
    'root:*:19000:0:99999:7:::\nme:!:19000::::::\nyou:!!:19000::::::\nex:!$6$abcdefgh$0123456789012345678901:1::::::\n',
  ],
  ['an empty password', 'etc/shadow', 'me::19000:0:99999:7:::'],
  ['a login without auth', 'root/.docker/config.json', '{"auths":{"r.test":{}},"credsStore":"ecr-login"}'],
  ['a member named auth elsewhere', 'app/a.json', `{"auth":"${Buffer.from('me:a1b2c3d4e5').toString('base64')}"}`],
  ['a reference in .npmrc', 'root/.npmrc', '//registry.npmjs.org/:_authToken=${NPM_TOKEN}'],
  [
    'a server password in a comment',
    'usr/share/maven/conf/settings.xml',
    '<settings><!-- <server><password>repopwd1</password></server> --></settings>',
  ],
  [
    'an encrypted server password',
    'root/.m2/settings.xml',
    '<settings><password>{COQLCE6DU6GtcS5P=}</password></settings>',
  ],
  [
    'a state without secrets',
    'app/terraform.tfstate',
    '{"resources":[{"instances":[{"attributes":{"key_name":"deploy","arn":"arn:aws:s3:::a","password":null}}]}]}',
  ],
  ['something else named as a state', 'app/a.tfstate', 'password: a1b2c3d4e5f6g7h8'],
  [
    'Git’s own settings',
    'app/.git/config',
    '[remote "origin"]\n\turl = https://github.com/a/b.git\n[user]\n\temail = me@a.test',
  ],
  [
    'names of other things',
    'app/a.json',
    '{"next_token": "Shards[-1].ShardId", "AccessToken": "aws-ec2.CfnResourceVerificationToken"}',
  ],
  ['a date', 'app/a.json', '{"last_token": "2016-09-08T21:47:36Z"}'],
  ['checksums of files with such names', 'app/a.json', `{"src/token": "${randomBytes(20).toString('hex')}"}`],
  ['a token of a manual', 'app/README.md', '//registry.npmjs.org/:_authToken=MYTOKEN1'],
  ['a sentence about a password', 'app/a.yaml', 'password: PassWordMustBeAtLeast6Chars.'],
  ['examples of an API', 'app/examples-1.json', '{"ClientToken": "a8ca07e4-61ec-4399-99f4-19853801bcd5"}'],
];

describe('the secret reader', () => {
  it.each(NEAR_MISSES)('takes %s for no secret', (_, path, text) => {
    expect(kindsIn(path, `first line\n${text}\nlast line\n`)).toEqual([]);
  });
});
