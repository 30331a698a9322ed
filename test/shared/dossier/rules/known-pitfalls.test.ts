/** Where other tools were wrong, by their users' reports: each once, whatever else a rule's own tests say of it. */
import { describe, expect, it } from 'vitest';
import { known } from '../../../../shared/base/known.ts';
import { IMAGE_RULES } from '../../../../shared/dossier/rules/catalogue.ts';
import {
  appStep,
  type ExampleChanges,
  exampleImage,
  IN_APP,
  IN_BASE,
} from '../../../../shared/dossier/rules/example-image.ts';
import { ruleById } from '../../../../shared/dossier/rules/rule-by-id.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const base = (text: string, index: number) => ({ ...appStep(text, index), origin: 'base' as const });
const TOKEN = ['npm', 'Zx81Kq02Lm93Np74Rs65Tu56Vw47Xy38Ab29'].join('_');
const named = { ...IN_APP, kind: 'secret-name', mode: 0o644, uid: 0, gid: 0, size: 9 } as const;
const setuid = { ...IN_BASE, kind: 'setuid', mode: 0o4755, uid: 0, gid: 0, size: 9 } as const;
const account = (name: string, uid: number) => ({ name, uid, gid: uid, shell: '/bin/sh' });

describe('what other tools get wrong', () => {
  it.each<[title: string, id: string, changes: ExampleChanges, expected: object]>([
    ['the ADD of a base’s root file system', 'IMG-046', { steps: [base('ADD <file> /', 0)] }, { verdict: 'pass' }],
    [
      'the ADD of single files in UBI',
      'IMG-046',
      { steps: [base('ADD <file> /', 0), base('ADD ubi.repo /etc/yum.repos.d/', 1), appStep('COPY a /a', 2)] },
      { verdict: 'pass' },
    ],
    [
      'a health check that the config has and history has not',
      'IMG-055',
      { config: { Healthcheck: ['CMD', '/srv/app', 'health'] }, steps: [appStep('COPY a /a')] },
      { verdict: 'pass' },
    ],
    [
      'root that the config has and history has not',
      'IMG-001',
      { config: { User: 'root' }, steps: [appStep('COPY a /a')] },
      { verdict: 'fail' },
    ],
    ...['0', 'root:root', '0:0'].map((User): [string, string, ExampleChanges, object] => [
      `root that is written as ${User}`,
      'IMG-001',
      { config: { User } },
      { verdict: 'fail' },
    ]),
    [
      'a user that the base sets and the Dockerfile does not',
      'IMG-001',
      { config: { User: '65532' }, steps: [base('USER 65532', 0), appStep('COPY a /a')] },
      { verdict: 'pass' },
    ],
    ['no user anywhere, which is root', 'IMG-001', { config: { User: '' } }, { verdict: 'fail' }],
    [
      'a user by name, which the same file may have created',
      'IMG-002',
      {
        config: { User: 'app' },
        tree: { system: { passwd: { size: 9, malformed: 0, accounts: [account('app', 1)] } } },
      },
      { verdict: 'fail', severity: 'INFO' },
    ],
    ...[
      'GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568',
      'APT_PUBLIC_KEY=E3FF2839C048B25C084D',
      'KEYRING=/usr/share/keyrings/a.gpg',
      'KC_HTTPS_KEY_STORE_FILE=/etc/keycloak/server.keystore',
      'KEYCLOAK_HTTPS_CERTIFICATE_KEY_FILE=/etc/keycloak/key.pem',
      'CRYPTO_VERSION=3.1.4-r1',
    ].map((variable): [string, string, ExampleChanges, object] => [
      `a variable that only sounds like a secret, ${variable.split('=', 1)[0]}`,
      'IMG-010',
      { config: { Env: [variable] } },
      { verdict: 'pass' },
    ]),
    ...(['IMG-010', 'IMG-011', 'IMG-014'] as const).map((id): [string, string, ExampleChanges, object] => [
      `package pins and a line of a config in a command, to ${id}`,
      id,
      { steps: [appStep('RUN apk add libcrypto3=3.1.4-r1 && echo "access.log = /proc/self/fd/2" > /etc/a.conf')] },
      { verdict: 'pass' },
    ]),
    [
      'a token that was given as a build argument',
      'IMG-011',
      { steps: [appStep(`RUN NPM_TOKEN=${TOKEN} npm ci`)] },
      { verdict: 'fail', severity: 'CRITICAL', confirmed: true },
    ],
    [
      'a file that is only named like one with secrets',
      'IMG-012',
      { tree: { notable: [{ ...named, path: 'srv/credentials.json' }] } },
      { verdict: 'fail', severity: 'LOW', confirmed: false },
    ],
    ...['srv/node_modules/a/credentials.json', 'usr/lib/python3.12/site-packages/a/settings.py'].map(
      (path): [string, string, ExampleChanges, object] => [
        `a file that a package brought, ${path}`,
        'IMG-012',
        { tree: { notable: [{ ...named, path }] } },
        { verdict: 'pass' },
      ],
    ),
    [
      'lines of etc/group that do not read',
      'IMG-008',
      { tree: { system: { group: { size: 9, malformed: 3, groups: [{ name: 'a', gid: 7 }] } } } },
      { verdict: 'pass' },
    ],
    [
      'the setuid programs of the distribution',
      'IMG-004',
      { tree: { notable: ['usr/bin/su', 'usr/bin/passwd'].map((path) => ({ ...setuid, path })) } },
      { verdict: 'pass' },
    ],
    [
      'an image whose build is reproducible, and dated 1970',
      'IMG-024',
      { imageConfig: { created: '1970-01-01T00:00:00Z' }, inUse: known(true) },
      { verdict: 'unknown' },
    ],
  ])('%s (%s)', (_, id, changes, expected) => {
    expect(evaluate(ruleById(id), exampleImage(changes))).toMatchObject(expected);
  });

  it('several entry points, commands and health checks, of which the base image has its own', () => {
    const instructions = ['ENTRYPOINT ["/a"]', 'CMD ["a"]', 'HEALTHCHECK CMD /a'];
    const steps = [
      ...instructions.map((text, index) => base(text, index)),
      ...instructions.map((text, index) => appStep(text, index + 3)),
    ];
    const failing = IMAGE_RULES.filter((rule) => evaluate(rule, exampleImage({ steps })).verdict === 'fail');
    expect(failing.map(({ id }) => id)).toEqual([]);
  });
});
