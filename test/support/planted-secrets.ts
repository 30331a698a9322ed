/** Files with a secret of every kind in them, made at run time: the repository itself holds none. */
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { SecretKind } from '../../shared/layer/layer-report.ts';

export interface PlantedSecret {
  /** `stripe-key in a shell script`. */
  readonly title: string;
  readonly kind: SecretKind;
  readonly path: string;
  readonly content: Buffer;
  /** The secret as the file has it. Of a private key: its Base64, lines joined by `\n`. */
  readonly value: string;
}

/** What every value of a make begins with. */
const PREFIX =
  /^(?:gh[ps]_|github_pat_|glpat-|xoxb-|AKIA|AIza|sk_live_|sk-proj-|sk-ant-api03-|sk-|hf_|SG\.|npm_|pypi-AgEIcHlwaS5vcmc|rubygems_|dckr_pat_|eyJ[\w-]+\.)/;

/** Whether the text has `length` characters of the secret one after the other, those of its make aside. */
export const holdsPartOf = (text: string, { value }: PlantedSecret, length = 8): boolean =>
  value
    .replace(PREFIX, '')
    .split('\n')
    .some((line) => {
      for (let at = 0; at + length <= line.length; at += 1) if (text.includes(line.slice(at, at + length))) return true;
      return false;
    });

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const DIGITS = '0123456789';
const BASE62 = DIGITS + UPPER + LOWER;
const BASE64 = `${BASE62}+/`;
const URL_SAFE = `${BASE62}_-`;
const HEX = '0123456789abcdef';
const BASE32 = `${UPPER}234567`;

type Random = (characters: string, length: number) => string;

/** The same texts for the same seed (Mulberry32). */
const randomFrom = (seed: number): Random => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (characters, length) =>
    Array.from({ length }, () => characters.charAt(Math.floor(next() * characters.length))).join('');
};

const withChecksum = (random: string): string => {
  let [rest, digits] = [crc32(random), ''];
  for (let index = 0; index < 6; index += 1) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return random + digits;
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const webToken = (random: Random, payload: object): string => {
  const unsigned = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${unsigned}.${createHmac('sha256', random(BASE62, 20)).update(unsigned).digest('base64url')}`;
};

/** Tokens that stand anywhere. */
const TOKENS: readonly (readonly [SecretKind, (random: Random) => string])[] = [
  ['aws-access-key', (random) => `AKIA${random(BASE32, 16)}`],
  ['github-token', (random) => `ghp_${withChecksum(random(BASE62, 30))}`],
  ['github-token', (random) => `ghs_${withChecksum(random(BASE62, 30))}`],
  ['github-token', (random) => `github_pat_${random(BASE62, 22)}_${random(BASE62, 59)}`],
  ['gitlab-token', (random) => `glpat-${random(URL_SAFE, 19)}7`],
  ['slack-token', (random) => `xoxb-${random(DIGITS, 12)}-${random(DIGITS, 13)}-${random(BASE62, 24)}`],
  ['slack-webhook', (random) => slackHook(random)],
  ['google-api-key', (random) => `AIza${random(URL_SAFE, 34)}x`],
  ['azure-storage-key', (random) => `${random(BASE64, 86)}==`],
  ['azure-client-secret', (random) => `${random(BASE62, 3)}8Q~${random(BASE62, 34)}`],
  ['stripe-key', (random) => `sk_live_${random(BASE62, 24)}`],
  ['openai-key', (random) => `sk-proj-${random(URL_SAFE, 74)}T3Blbk${'FJ'}${random(BASE62, 74)}`],
  ['openai-key', (random) => `sk-${random(BASE62, 20)}T3Blbk${'FJ'}${random(BASE62, 20)}`],
  ['anthropic-key', (random) => `sk-ant-api03-${random(URL_SAFE, 93)}AA`],
  ['huggingface-token', (random) => `hf_${random(LOWER + UPPER, 34)}`],
  ['sendgrid-key', (random) => `SG.${random(BASE62, 22)}.${random(BASE62, 43)}`],
  ['npm-token', (random) => `npm_${withChecksum(random(BASE62, 30))}`],
  ['pypi-token', (random) => `pypi-AgEIcHlwaS5vcmc${random(URL_SAFE, 150)}x`],
  ['rubygems-token', (random) => `rubygems_${random(HEX, 48)}`],
  ['docker-hub-token', (random) => `dckr_pat_${random(URL_SAFE, 26)}x`],
  ['jwt', (random) => webToken(random, { iss: 'https://login.test', sub: random(LOWER, 8) })],
  [
    'kubernetes-credentials',
    (random) => webToken(random, { iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:a:b' }),
  ],
];

const slackHook = (random: Random): string => `T${random(UPPER, 9)}/B${random(UPPER, 9)}/${random(BASE62, 24)}`;

/** How each is written in a URL or a connection string; others stand by themselves. */
const written = (kind: SecretKind, token: string): string =>
  ({
    'slack-webhook': `https://hooks.slack.com/services/${token}`,
    'azure-storage-key': `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${token};EndpointSuffix=core.windows.net`,
  })[String(kind)] ?? token;

const SHAPES: Readonly<Record<string, (text: string, random: Random) => readonly [string, string | Buffer]>> = {
  'an environment file': (text) => ['srv/app/.env', `PORT=8080\nSERVICE_VALUE=${text}\nMODE=production\n`],
  JSON: (text) => ['srv/app/config.json', JSON.stringify({ port: 8080, nested: { value: text } }, null, 2)],
  YAML: (text) => ['srv/app/values.yaml', `service:\n  value: ${text}\n  replicas: 2\n`],
  'a shell script': (text) => ['usr/local/bin/start.sh', `#!/bin/sh\nset -e\nexport VALUE='${text}'\nexec "$@"\n`],
  'an INI file': (text) => ['etc/service.ini', `[service]\nvalue = ${text}\r\nport = 1\r\n`],
  'a binary': (text, random) => [
    'usr/local/bin/server',
    Buffer.concat([
      Buffer.from('\x7fELF\x02\x01\0\0', 'latin1'),
      Buffer.alloc(70_000, random(BASE62, 97)),
      Buffer.from(`\0${text}\0`),
      Buffer.alloc(5000),
    ]),
  ],
};

const wrapped = (der: Buffer, label: string, headers = ''): string =>
  `-----BEGIN ${label}-----\n${headers}${lines(der)}\n-----END ${label}-----\n`;
const lines = (der: Buffer): string => der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');

const sized = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const openSshBytes = (random: Random, cipher: string): Buffer =>
  Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[cipher, cipher === 'none' ? 'none' : 'bcrypt', cipher === 'none' ? '' : random(BASE62, 24)].map((text) =>
      sized(Buffer.from(text)),
    ),
    Buffer.from([0, 0, 0, 1]),
    sized(Buffer.from(random(BASE62, 51))),
    sized(Buffer.from(random(BASE62, 136))),
  ]);
const openPgpBytes = (random: Random): Buffer =>
  Buffer.concat([Buffer.from([0x95, 0x01, 0x00, 4, 0x65, 0, 0, 1, 1, 0x04, 0]), Buffer.from(random(BASE62, 245))]);

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const pemOf = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1', passphrase?: string): string =>
  String(
    key.export(
      passphrase === undefined ? { type, format: 'pem' } : { type, format: 'pem', cipher: 'aes-256-cbc', passphrase },
    ),
  );
const bodyOf = (pem: string): string =>
  pem
    .split('\n')
    .filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line))
    .join('\n');

const key = (kind: SecretKind, what: string, path: string, pem: string, content: string = pem): PlantedSecret => ({
  title: `${kind}: ${what}`,
  kind,
  path,
  content: Buffer.from(content),
  value: bodyOf(pem),
});

const privateKeys = (random: Random): readonly PlantedSecret[] => {
  const pkcs8 = pemOf(rsa, 'pkcs8');
  const base64 = Buffer.from(pemOf(ec, 'sec1')).toString('base64');
  return [
    key('private-key', 'RSA in PKCS#1', 'etc/ssl/server.key', pemOf(rsa, 'pkcs1')),
    key(
      'private-key',
      'RSA in PKCS#8 below a certificate',
      'etc/ssl/bundle.pem',
      pkcs8,
      `-----BEGIN CERTIFICATE-----\n${lines(Buffer.from(random(BASE62, 600)))}\n-----END CERTIFICATE-----\n${pkcs8}`,
    ),
    key('private-key', 'EC in SEC 1', 'app/test/ec.pem', pemOf(ec, 'sec1')),
    key('private-key', 'Ed25519 in PKCS#8', 'run/ed25519.pem', pemOf(ed25519, 'pkcs8')),
    key('private-key', 'OpenSSH', 'root/.ssh/id_ed25519', wrapped(openSshBytes(random, 'none'), 'OPENSSH PRIVATE KEY')),
    key(
      'private-key',
      'OpenPGP',
      'root/key.asc',
      wrapped(openPgpBytes(random), 'PGP PRIVATE KEY BLOCK', 'Version: GnuPG v2\n\n'),
    ),
    key(
      'private-key',
      'on one line of an environment file',
      'app/.env',
      pkcs8,
      `PORT=1\nSIGNING="${pkcs8.replaceAll('\n', '\\n')}"\n`,
    ),
    key(
      'private-key',
      'as lines of a program',
      'app/key.js',
      pkcs8,
      pkcs8
        .trimEnd()
        .split('\n')
        .map((line) => `  '${line}\\n' +`)
        .join('\n'),
    ),
    key('private-key', 'in YAML', 'app/values.yaml', pkcs8, `tls:\n  key: |\n${pkcs8.replace(/^/gm, '    ')}\n`),
    key('private-key', 'in a binary', 'usr/bin/tool', pkcs8, `\x7fELF\0\0\0${pkcs8}\0\0`),
    {
      ...key('private-key', 'in a Kubernetes secret', 'app/secret.yaml', pkcs8, `data:\n  tls.key: ${base64}\n`),
      value: base64,
    },
    key('encrypted-private-key', 'PKCS#8', 'etc/ssl/locked.key', pemOf(rsa, 'pkcs8', random(BASE62, 12))),
    key('encrypted-private-key', 'PKCS#1', 'etc/ssl/locked1.key', pemOf(rsa, 'pkcs1', random(BASE62, 12))),
    key(
      'encrypted-private-key',
      'OpenSSH',
      'root/.ssh/id_rsa',
      wrapped(openSshBytes(random, 'aes256-ctr'), 'OPENSSH PRIVATE KEY'),
    ),
    key(
      'gcp-service-account',
      'key file',
      'app/credentials.json',
      pkcs8,
      JSON.stringify(
        {
          type: 'service_account',
          project_id: 'shop',
          private_key_id: random(HEX, 40),
          private_key: pkcs8,
          client_email: 'a@shop.iam.gserviceaccount.com',
        },
        null,
        2,
      ),
    ),
    {
      ...key(
        'kubernetes-credentials',
        'client key of a kubeconfig',
        'root/.kube/config',
        pkcs8,
        `users:\n- name: me\n  user:\n    client-key-data: ${base64}\n`,
      ),
      value: base64,
    },
  ];
};

/** Credentials that their place gives away. `text`: made around the value. */
const placed = (random: Random): readonly PlantedSecret[] => {
  const plant = (kind: SecretKind, path: string, value: string, text: string): PlantedSecret => ({
    title: `${kind}: ${path}`,
    kind,
    path,
    content: Buffer.from(text),
    value,
  });
  const one = (kind: SecretKind, path: string, text: (value: string) => string, value = `${random(BASE62, 17)}4b`) =>
    plant(kind, path, value, text(value));
  const secretKey = () => `${random(BASE64, 37)}a7B`;
  return [
    one(
      'aws-secret-key',
      'root/.aws/credentials',
      (value) => `[default]\nregion = eu-west-1\naws_secret_access_key = ${value}\n`,
      secretKey(),
    ),
    one(
      'aws-secret-key',
      'app/config.py',
      (value) => `boto3.client('s3', aws_secret_access_key='${value}')\n`,
      secretKey(),
    ),
    one('aws-secret-key', 'app/aws.json', (value) => `{"Credentials":{"SecretAccessKey":"${value}"}}`, secretKey()),
    one(
      'aws-secret-key',
      'app/deploy.sh',
      (value) => `aws configure set aws_secret_access_key ${value}\n`,
      secretKey(),
    ),
    one('twilio-key', 'app/.env', (value) => `TWILIO_AUTH_TOKEN=${value}\n`, random(HEX, 32)),
    one(
      'registry-credentials',
      'root/.docker/config.json',
      (value) => JSON.stringify({ auths: { 'r.test': { auth: value } } }, null, 2),
      Buffer.from(`me:${random(BASE62, 16)}`).toString('base64'),
    ),
    one(
      'registry-credentials',
      'kaniko/.docker/config.json',
      (value) => `{"auths":{"r.test":{"identitytoken":"${value}"}}}`,
    ),
    one(
      'registry-credentials',
      'app/deploy.yaml',
      (value) => `DOCKER_AUTH_CONFIG: "{\\"auths\\":{\\"r.test\\":{\\"auth\\":\\"${value}\\"}}}"\n`,
      Buffer.from(`me:${random(BASE62, 17)}`).toString('base64'),
    ),
    one(
      'package-manager-credentials',
      'root/.npmrc',
      (value) => `registry=https://r.test/\n//r.test/:_authToken=${value}\n`,
    ),
    one('package-manager-credentials', 'app/.npmrc', (value) => `_auth = "${value}"\nalways-auth=true\n`),
    one('package-manager-credentials', 'app/ci.sh', (value) => `npm config set //r.test/:_authToken ${value}\n`),
    one(
      'package-manager-credentials',
      'root/.yarnrc.yml',
      (value) => `npmRegistries:\n  "https://r.test":\n    npmAuthToken: "${value}"\n`,
    ),
    one('package-manager-credentials', 'root/.pypirc', (value) => `[pypi]\nusername = me\npassword = ${value}\n`),
    one(
      'package-manager-credentials',
      'etc/pip.conf',
      (value) => `[global]\nindex-url = https://me:${value}@r.test/simple\n`,
    ),
    one(
      'package-manager-credentials',
      'app/requirements.txt',
      (value) => `--extra-index-url https://me:${value}@r.test/simple\nflask==3.0\n`,
    ),
    one(
      'package-manager-credentials',
      'root/.m2/settings.xml',
      (value) => `<settings><servers><server><id>r</id><password>${value}</password></server></servers></settings>`,
    ),
    one(
      'package-manager-credentials',
      'root/.nuget/NuGet/NuGet.Config',
      (value) => `<configuration><r><add key="ClearTextPassword" value="${value}" /></r></configuration>`,
    ),
    one('package-manager-credentials', 'root/.composer/auth.json', (value) =>
      JSON.stringify({ 'http-basic': { 'r.test': { username: 'me', password: value } } }),
    ),
    one('package-manager-credentials', 'root/.bundle/config', (value) => `---\nBUNDLE_GEMS__R__TEST: "me:${value}"\n`),
    one('package-manager-credentials', 'root/.gem/credentials', (value) => `---\n:corp: ${value}\n`),
    one('package-manager-credentials', 'root/.cargo/credentials.toml', (value) => `[registry]\ntoken = "${value}"\n`),
    one(
      'package-manager-credentials',
      'etc/apt/auth.conf.d/r.conf',
      (value) => `machine r.test login me password ${value}\n`,
    ),
    one('git-credentials', 'root/.git-credentials', (value) => `https://me:${value}@code.test\n`),
    one(
      'git-credentials',
      'app/.git/config',
      (value) => `[remote "origin"]\n\turl = https://x-access-token:${value}@code.test/r.git\n`,
    ),
    one(
      'git-credentials',
      'srv/.git/config',
      (value) => `[http "https://code.test/"]\n\textraheader = AUTHORIZATION: basic ${value}\n`,
    ),
    one('netrc-credentials', 'root/.netrc', (value) => `machine code.test\n  login me\n  password ${value}\n`),
    one(
      'kubernetes-credentials',
      'home/me/.kube/config',
      (value) => `users:\n- name: me\n  user:\n    token: ${value}\n`,
    ),
    one('database-url', 'app/.env', (value) => `DATABASE_URL=postgres://shop:${value}@db.internal:5432/shop\n`),
    one('database-url', 'app/settings.py', (value) => `BROKER = 'amqps://shop:${value}@queue/'\n`),
    one('database-url', 'app/server', (value) => `\0\x01mongodb+srv://shop:${value}@cluster0.mongodb.net/x\0`),
    one('database-url', 'root/.pgpass', (value) => `db:5432:shop:me:${value}\n`),
    one('database-url', 'root/.my.cnf', (value) => `[client]\nuser=me\npassword=${value}\n`),
    one(
      'password-hash',
      'etc/shadow',
      (value) => `root:*:19000:0:99999:7:::\nme:${value}:19000:0:99999:7:::\n`,
      `$6$${random(BASE62, 16)}$${random(BASE62, 86)}`,
    ),
    one(
      'password-hash',
      'etc/nginx/.htpasswd',
      (value) => `me:${value}\n`,
      `$apr1$${random(BASE62, 8)}$${random(BASE62, 22)}`,
    ),
    one('terraform-state', 'app/terraform.tfstate', (value) =>
      JSON.stringify({
        version: 4,
        resources: [{ type: 'aws_db_instance', instances: [{ attributes: { engine: 'postgres', password: value } }] }],
      }),
    ),
    one('terraform-state', 'app/out.tfstate', (value) =>
      JSON.stringify({ outputs: { x: { value, type: 'string', sensitive: true } } }),
    ),
    one(
      'named-secret',
      'srv/.env.production',
      (value) => `export DB_PASSWORD="${value}"\nPORT=1\n`,
      'correct-horse-battery',
    ),
    one('named-secret', 'srv/start.sh', (value) => `export DB_PASSWORD='${value}'\n`),
    one('named-secret', 'srv/application.yml', (value) => `spring:\n  datasource:\n    password: ${value}\n`),
    one('named-secret', 'srv/appsettings.json', (value) => JSON.stringify({ Auth: { ClientSecret: value } })),
    one('named-secret', 'srv/application.properties', (value) => `spring.datasource.password=${value}\n`),
    one('named-secret', 'srv/wp-config.php', (value) => `define('DB_PASSWORD', '${value}');\n`),
  ];
};

/** At least one for every kind; each file holds one secret. Private keys differ from run to run, all else by the seed. */
export const plantedSecrets = (seed = 1): readonly PlantedSecret[] => {
  const random = randomFrom(seed);
  const tokens = TOKENS.flatMap(([kind, make]) =>
    Object.entries(SHAPES).map(([name, shape]): PlantedSecret => {
      const value = make(random);
      const [path, content] = shape(written(kind, value), random);
      return { title: `${kind} in ${name}`, kind, path, content: Buffer.from(content), value };
    }),
  );
  return [...tokens, ...privateKeys(random), ...placed(random)];
};
