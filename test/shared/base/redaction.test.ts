// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shells write their variables like this
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  looksLikeSecret,
  redactArguments,
  redactPairs,
  redactText,
  redactValue,
} from '../../../shared/base/redaction.ts';
import { secretPart, TOKENS } from './tokens.ts';

describe('redactText', () => {
  it.each(Object.entries(TOKENS))('finds %s wherever it stands', (_, token) => {
    const around = fc.constantFrom(
      ['', ''],
      ['echo ', ' done'],
      ['"', '"'],
      ["'", "'"],
      ['X=', ';'],
      ['a=1&b=', '&c'],
      ['\\n', '\\n'],
      ['%20', '%20'],
      ['(', ')'],
    );
    fc.assert(
      fc.property(token, around, (secret, [before, after]) => {
        expect(redactText(before + secret + after)).not.toContain(secretPart(secret));
      }),
    );
  });

  it.each([
    ['docker login -u me -p hunter2 registry', 'docker login -u me -p [redacted] registry'],
    ['docker login --password hunter2', 'docker login --password [redacted]'],
    ['az login --service-principal -u a -p hunter2 -t b', 'az login --service-principal -u a -p [redacted] -t b'],
    ['az login --federated-token hunter2', 'az login --federated-token [redacted]'],
    ['doctl auth init -t hunter2', 'doctl auth init -t [redacted]'],
    ['curl -u bob:hunter2 https://x.example', 'curl -u [redacted] https://x.example'],
    ['curl -fsSLu bob:hunter2 https://x.example', 'curl -fsSLu [redacted] https://x.example'],
    ["curl --user 'bob:hunter2' https://x.example", "curl --user '[redacted]' https://x.example"],
    ['curl -H "Authorization: Bearer hunter2"', 'curl -H "Authorization: Bearer [redacted]"'],
    ["curl -H 'PRIVATE-TOKEN: hunter2'", "curl -H 'PRIVATE-TOKEN: [redacted]'"],
    ['curl https://x.example/?token=hunter2&page=1', 'curl https://x.example/?token=[redacted]&page=1'],
    ['git clone https://bob:hunter2@x.example/r', 'git clone https://[redacted]@x.example/r'],
    ['git clone https://bob:hun@ter2@x.example/r', 'git clone https://[redacted]@x.example/r'],
    ['git clone https://hunter2@x.example/r', 'git clone https://[redacted]@x.example/r'],
    ['psql postgres://bob:hunter2@db/x', 'psql postgres://[redacted]@db/x'],
    ['redis-cli -u redis://:hunter2@cache', 'redis-cli -u redis://[redacted]@cache'],
    ['echo "//r.example/:_authToken=hunter2" > .npmrc', 'echo "//r.example/:_authToken=[redacted]" > .npmrc'],
    ['npm config set //r.example/:_authToken hunter2', 'npm config set //r.example/:_authToken [redacted]'],
    ['aws configure set aws_secret_access_key /wJal+K7M', 'aws configure set aws_secret_access_key [redacted]'],
    ['AWS_SECRET_ACCESS_KEY=/wJal+K7M make', 'AWS_SECRET_ACCESS_KEY=[redacted] make'],
    ['export DB_PASSWORD=hunter2; run', 'export DB_PASSWORD=[redacted]; run'],
    ['DB_PASSWORD="hunter two" run', 'DB_PASSWORD="[redacted]" run'],
    ['DB_PASSWORD=\'hunter "two"\' run', "DB_PASSWORD='[redacted]' run"],
    ['DB_PASSWORD=hunter\\ two run', 'DB_PASSWORD=[redacted] run'],
    ['DB_PASSWORD="hunter two', 'DB_PASSWORD=[redacted]'],
    ['run "DB_PASSWORD=hunter two"', 'run "DB_PASSWORD=[redacted]"'],
    ['JAVA_OPTS="-Xmx1g -Ddb.password=hunter2" run', 'JAVA_OPTS="-Xmx1g -Ddb.password=[redacted]" run'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted] psql'],
    ["$env:DB_PASSWORD = 'hunter2'", "$env:DB_PASSWORD = '[redacted]'"],
    ['mysql -uroot -phunter2 -e x', 'mysql -uroot -p[redacted] -e x'],
    ['sshpass -p hunter2 ssh host', 'sshpass -p [redacted] ssh host'],
    ['keytool -storepass hunter2 -keystore k', 'keytool -storepass [redacted] -keystore k'],
    ['openssl req -passout pass:hunter2', 'openssl req -passout pass:[redacted]'],
    ['echo "root:hunter2" | chpasswd', 'echo "[redacted]" | chpasswd'],
    ['echo hunter2 | docker login --password-stdin', 'echo [redacted] | docker login --password-stdin'],
    ['chpasswd <<< root:hunter2', 'chpasswd <<< [redacted]'],
    ['["run", "--password", "hunter2"]', '["run", "--password", "[redacted]"]'],
    ['{"auths":{"r":{"auth":"aHVudGVyMg"}}}', '{"auths":{"r":{"auth":"[redacted]"}}}'],
    ['{\\"password\\":\\"hunter2\\"}', '{\\"password\\":\\"[redacted]\\"}'],
  ])('takes the secret out of: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
    expect(redactText(expected)).toBe(expected);
  });

  it.each([
    'apk add libcrypto3=3.1.4-r1 openssl=1.1.1 libsecret=0.20.4-r0',
    'apt-get install -y gnome-keyring=3.36.0-1 passwd=1:4.8.1-1',
    'pip install google-auth==2.23.0 pyjwt==2.8.0 keyring~=24.0',
    'adduser --disabled-password --gecos "" app',
    'adduser --disabled-password app',
    'gpg --keyserver hkps://keys.openpgp.org --recv-keys 573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62',
    'key=\'573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62\'; gpg --recv-keys "$key"',
    'NGINX_GPGKEY=573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62 run',
    'sort --key=2 file',
    'TOKEN=$(cat /run/secrets/token) make',
    'TOKEN=${NPM_TOKEN} make',
    'curl -u "$NAME:${PASSWORD}" https://x.example',
    'git clone https://${NAME}:${TOKEN}@x.example/r',
    'echo $TOKEN | docker login --password-stdin',
    'npm install https://registry.npmjs.org/@scope/pkg@1.0',
    'access.log = /dev/stdout',
    'pip install disk-something-with-a-long-name',
    'set -ex && apt-get update && rm -rf /var/lib/apt/lists/*',
  ])('leaves alone: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('says nothing of the length of a secret', () => {
    expect(redactText('TOKEN=a1')).toBe(redactText(`TOKEN=${'a1'.repeat(100)}`));
  });

  // Each text makes a pattern that reads ahead without a bound quadratic: minutes and not milliseconds at this size.
  it.each([
    'a',
    'eyJ',
    'sk-a',
    '-----BEGIN PRIVATE KEY-----',
    '://a:',
    '"a=',
    '\\"a=\\',
    'PASSWORD="$(',
    'echo ',
    'login ',
    'curl -u ',
    ' ',
    '--a ',
    '| chpasswd ',
    '"',
    '\\',
  ])('reads 100 KB of %j', (seed) => {
    const text = seed.repeat(100_000 / seed.length);
    expect(typeof redactText(text)).toBe('string');
    expect(typeof redactPairs(`A=${text}`)).toBe('string');
  });
});

describe('looksLikeSecret', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['dbPassword', 'hunter2'],
    ['PGPASSWORD', 'hunter2'],
    ['API_KEY', '12345'],
    ['CI_USR', 'bob'],
    ['GITHUB_TOKEN', 'x'],
    ['AWS_ACCESS_KEY_ID', 'x'],
    ['AWS_SECRET_ACCESS_KEY', '/looks/like/a/path'],
    ['SIGNING_KEY', '/wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzz1'],
    ['DATABASE_URL', 'postgres://bob:hunter2@db/x'],
    ['password', '1.2'],
    ['com.example.api-token', 'abc'],
  ])('takes %s=%s for one', (name, value) => {
    expect(looksLikeSecret(name, value)).toBe(true);
  });

  it.each([
    ['PATH', '/usr/bin:/bin'],
    ['GPG_KEY', 'E3FF2839C048B25C084DEBE9B26995E310250568'],
    ['GPG_KEYS', 'abc def'],
    ['KEYRING', 'x'],
    ['PUBLIC_KEY', 'abc'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', 'changeme'],
    ['DB_PASSWORD', '${DB_PASSWORD}'],
    ['DB_PASSWORD', '<your password>'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['JAVA_KEYSTORE', '/etc/keystore.jks'],
    ['TLS_KEY', '/etc/tls/tls.key'],
    ['TOKEN_URL', 'https://x.example/oauth/token'],
    ['TOKEN_EXPIRATION', '3600'],
    ['OAUTH_ENABLED', 'true'],
    ['USE_AUTH', 'false'],
    ['AUTHOR', 'bob'],
    ['KEYBOARD', 'us'],
    ['TOKENIZERS_PARALLELISM', 'on'],
  ])('does not take %s=%s for one', (name, value) => {
    expect(looksLikeSecret(name, value)).toBe(false);
  });
});

describe('redactValue', () => {
  it('keeps what is around a secret when only the form tells', () => {
    expect(redactValue('DATABASE_URL', 'postgres://bob:hunter2@db/x')).toBe('postgres://[redacted]@db/x');
  });

  it('keeps nothing when the name tells', () => {
    expect(redactValue('DB_PASSWORD', 'hunter2 and more')).toBe('[redacted]');
  });
});

describe('redactPairs', () => {
  it.each([
    ['A=1 DB_PASSWORD=correct horse battery B=2', 'A=1 DB_PASSWORD=[redacted] B=2'],
    ['NAME=two words', 'NAME="two words"'],
    ['A="x y" B=\'z\'', 'A="x y" B=\'z\''],
    ['OPTS=-Dpassword=hunter2 -Xmx1g', 'OPTS="-Dpassword=[redacted] -Xmx1g"'],
    ['RELEASE', 'RELEASE'],
  ])('writes %s as %s', (text, expected) => {
    expect(redactPairs(text)).toBe(expected);
  });
});

describe('redactArguments', () => {
  it('knows an option by the argument before', () => {
    expect(redactArguments(['run', '--password', 'hunter2', '--token=x1', 'sh', '-c', 'TOKEN=a1 go'])).toEqual([
      'run',
      '--password',
      '[redacted]',
      '--token=[redacted]',
      'sh',
      '-c',
      'TOKEN=[redacted] go',
    ]);
  });
});
