import { describe, expect, it } from 'vitest';
import { appStep, exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { credentialsInRun } from '../../../../shared/dossier/rules/img-014-credentials-in-run.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const verdictOn = (text: string) => evaluate(credentialsInRun, exampleImage({ steps: [appStep(text)] }));

describe('a command', () => {
  it.each([
    ['aws configure set', 'RUN aws configure set aws_secret_access_key abcdefgh1234'],
    ['aws configure set', 'RUN pip install awscli && aws configure set aws_access_key_id $ID'],
    ['gcloud auth activate-service-account', 'RUN gcloud auth activate-service-account --key-file /k.json'],
    ['az login', 'RUN az login --service-principal -u app -p s3cr3tPa55 --tenant t'],
    ['az login', 'RUN az login --federated-token "$(cat /t)"'],
    ['doctl auth init', 'RUN doctl auth init -t s3cr3tPa55'],
    ['docker login', 'RUN docker login -u ci --password=s3cr3tPa55 r.example.com'],
    ['docker login', 'RUN echo $TOKEN | docker login -u ci --password-stdin r.example.com'],
    ['curl with a user and a password', 'RUN curl -fsSL -u ci:s3cr3tPa55 https://example.com/a -o /a'],
    ['curl with a user and a password', 'RUN curl --user=ci:s3cr3tPa55 https://example.com/a -o /a'],
    ['a URL with a user and a password', 'RUN pip install -i https://ci:s3cr3tPa55@pypi.example.com/simple app'],
    ['a token of a package registry', 'RUN npm config set //r.example.com/:_authToken s3cr3tPa55abc'],
    ['a token of a package registry', 'RUN echo "//r.example.com/:_authToken=s3cr3tPa55abc" > /root/.npmrc'],
    ['aws configure set', 'RUN aws --profile ci configure set aws_secret_access_key abcDEF'],
    ['aws configure set', 'RUN aws configure set profile.ci.aws_secret_access_key $KEY --region eu-west-1'],
    ['gcloud auth activate-service-account', 'RUN gcloud --quiet auth activate-service-account --key-file /k.json'],
    ['az login', 'RUN az login --service-principal -u app -p$SECRET --tenant t'],
    ['doctl auth init', 'RUN doctl --context ci auth init --access-token=$T'],
    ['docker login', 'RUN docker login -p$P'],
    ['docker login', 'RUN docker --config /x login -u a -p Zk39fjQp2x'],
    ['docker login', 'RUN podman --log-level=error login -u a --password=$P r.example.com'],
    ['helm registry login', 'RUN helm --debug registry login -u a --password $P r.example.com'],
    ['a token of a package registry', 'RUN npm config set //r/:_authToken=$T'],
    ['a token of a package registry', 'RUN npm config set //r.example.com/:_authToken $NPM_TOKEN'],
    ['a token of a package registry', 'RUN npm --global config set "//r/:_authToken" "$T"'],
    ['a token of a package registry', 'RUN yarn config set _authToken $T'],
    ['an Authorization header', 'RUN curl -H "Authorization: Bearer s3cr3tPa55" https://example.com'],
    ['chpasswd', 'RUN echo "root:s3cr3tPa55" | chpasswd'],
    ['sshpass', 'RUN sshpass -p s3cr3tPa55 scp build:/a /a'],
  ])('that is given credentials: %s, in %s', (name, text) => {
    expect(verdictOn(text)).toMatchObject({
      verdict: 'fail',
      severity: 'HIGH',
      evidence: [{ text: `RUN uses ${name}` }],
    });
  });

  it.each([
    'RUN aws configure set region eu-west-1',
    'RUN az login --identity',
    'RUN docker pull r.example.com/app',
    'RUN curl -fsSL https://example.com/a?user=1 -o /a',
    'RUN curl -u "$USER:$PASSWORD" https://example.com/a -o /a',
    'RUN git clone https://$TOKEN@git.example.com/app',
    `RUN npm config set '//r.example.com/:_authToken=\${NPM_TOKEN}'`,
    'RUN npm config set registry https://r.example.com/',
    'RUN docker run --name login app -p 80:80',
    'RUN docker login --help',
    'RUN docker logout r.example.com',
    'RUN aws --profile ci s3 cp s3://a/login -',
    'RUN echo "run docker login -p to log in" > /README',
    'RUN adduser --disabled-password app',
    'RUN apk add --no-cache libcrypto3=3.1.4-r1 libsecret=0.20.4-r0',
    'RUN echo "access.log = /dev/stdout" >> /usr/local/etc/php-fpm.d/docker.conf',
  ])('without credentials in it: %s', (text) => {
    expect(verdictOn(text).verdict).toBe('pass');
  });

  it('that is long and hostile is read quickly', () => {
    const start = performance.now();
    for (const piece of [
      'az login ',
      '://a:',
      'curl -u ',
      'docker login ',
      ':_authToken ',
      '"',
      '$(',
      'authorization:',
    ])
      verdictOn(`RUN ${piece.repeat(20_000)}`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
