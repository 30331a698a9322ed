/** IMG-003, IMG-028 to IMG-034: what is written to be misread by a runtime. */
import { describe, expect, it } from 'vitest';
import { appStep, exampleImage, IN_APP } from '../../../../shared/dossier/rules/example-image.ts';
import { craftedUser } from '../../../../shared/dossier/rules/img-003-crafted-user.ts';
import { reservedLabel } from '../../../../shared/dossier/rules/img-028-reserved-label.ts';
import { foreignLayers } from '../../../../shared/dossier/rules/img-030-foreign-layers.ts';
import { pathTricks } from '../../../../shared/dossier/rules/img-031-path-tricks.ts';
import { onbuildTriggers } from '../../../../shared/dossier/rules/img-032-onbuild.ts';
import { dangerousEnvironment } from '../../../../shared/dossier/rules/img-033-dangerous-environment.ts';
import { escapingNames } from '../../../../shared/dossier/rules/img-034-escaping-names.ts';
import { unverifiedPackages } from '../../../../shared/dossier/rules/img-035-unverified-packages.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

describe('a user', () => {
  it.each<[string, 'pass' | 'fail']>([
    ['', 'pass'],
    ['root', 'pass'],
    ['1000:1000', 'pass'],
    ['2147483647:2147483647', 'pass'],
    ['2147483648', 'fail'],
    ['4294967295', 'fail'],
    ['99999999999999999999999999', 'fail'],
    ['1000:4294967296', 'fail'],
    ['-1', 'fail'],
    ['+1000', 'fail'],
    ['a:b:c', 'fail'],
    ['app\t', 'fail'],
    ['app\u202egnp', 'fail'],
    ['app-1_x.y', 'pass'],
  ])('%j: %s', (User, expected) => {
    expect(evaluate(craftedUser, exampleImage({ config: { User } })).verdict).toBe(expected);
  });
});

describe('a label', () => {
  it.each<[string, string, string]>([
    ['containerd.io/restart.loguri', 'binary:///bin/sh', 'CRITICAL'],
    ['containerd.io/restart.loguri', 'BINARY:///bin/sh', 'CRITICAL'],
    ['containerd.io/restart.loguri', 'file:///var/log/app', 'HIGH'],
    ['containerd.io/restart.status', 'running', 'HIGH'],
    ['io.cri-containerd.kind', 'sandbox', 'HIGH'],
  ])('%s=%s is %s', (name, value, severity) => {
    const image = exampleImage({ config: { Labels: { [name]: value } } });
    expect(evaluate(reservedLabel, image)).toMatchObject({ verdict: 'fail', severity });
  });

  it.each(['maintainer', 'io.containerd.note', 'my.containerd.io/x', 'org.opencontainers.image.title'])(
    '%s is ordinary',
    (name) => {
      expect(evaluate(reservedLabel, exampleImage({ config: { Labels: { [name]: 'binary://x' } } })).verdict).toBe(
        'pass',
      );
    },
  );

  it('belongs to the instruction that sets it', () => {
    const image = exampleImage({
      config: { Labels: { 'containerd.io/restart.policy': 'always' } },
      steps: [appStep('LABEL a=1 "containerd.io/restart.policy"="always"', 7)],
    });
    expect(evaluate(reservedLabel, image).evidence).toMatchObject([{ instruction: 7, origin: 'app' }]);
  });
});

describe('a layer from elsewhere', () => {
  const [base, app] = exampleImage().manifest.layers;
  const elsewhere = (url: string, os: string) =>
    exampleImage({
      imageConfig: { os },
      manifest: { layers: [base, app].flatMap((layer) => (layer ? [{ ...layer, urls: [url] }] : [])) },
    });

  it.each<[string, string, 'pass' | 'fail']>([
    ['https://mcr.microsoft.com/v2/x', 'windows', 'pass'],
    ['https://mcr.microsoft.com/v2/x', 'linux', 'fail'],
    ['https://mcr.microsoft.com.example.com/v2/x', 'windows', 'fail'],
    ['http://mcr.microsoft.com/v2/x', 'windows', 'fail'],
  ])('%s, for %s: %s', (url, os, expected) => {
    expect(evaluate(foreignLayers, elsewhere(url, os)).verdict).toBe(expected);
  });

  it('is told by its position, its digest and who brought it, without the address', () => {
    const { evidence } = evaluate(foreignLayers, elsewhere('https://u:p@example.com/x', 'linux'));
    expect(evidence).toMatchObject([
      { text: 'layer 1 names another address than the registry', origin: 'base', layer: base?.digest },
      { text: 'layer 2 names another address than the registry', origin: 'app', layer: app?.digest },
    ]);
  });
});

describe('a working directory', () => {
  it.each<[string, string]>([
    ['/proc/self/fd/8', 'CRITICAL'],
    ['/proc/self/fd', 'CRITICAL'],
    ['//proc/./self//fd/8/', 'CRITICAL'],
    ['/srv/../proc/self/fd/8', 'CRITICAL'],
    ['/proc/self/fd/8/../../../..', 'CRITICAL'],
    ['/proc/thread-self/fd/7', 'CRITICAL'],
    ['/proc/1/fd/7', 'CRITICAL'],
    ['/dev/fd/7', 'CRITICAL'],
    ['proc/self/fd/7', 'CRITICAL'],
    ['/proc', 'HIGH'],
    ['/proc/self', 'HIGH'],
    ['/sys/fs/cgroup', 'HIGH'],
    ['/boot', 'HIGH'],
    ['/srv/../dev', 'HIGH'],
  ])('%s: %s', (WorkingDir, severity) => {
    const image = exampleImage({ config: { WorkingDir } });
    expect(evaluate(pathTricks, image)).toMatchObject({ verdict: 'fail', severity });
  });

  it.each(['', '/', '/srv', '/process', '/development', '/srv/proc/self/fd', '/sysroot', 'C:\\app'])(
    '%j is ordinary',
    (WorkingDir) => {
      expect(evaluate(pathTricks, exampleImage({ config: { WorkingDir } })).verdict).toBe('pass');
    },
  );
});

describe('etc/passwd', () => {
  it.each([
    [1_048_576, 'pass'],
    [1_048_577, 'fail'],
  ])('of %i bytes: %s', (size, expected) => {
    const passwd = { size, malformed: 0, accounts: [] };
    const image = exampleImage({ tree: { system: { passwd }, systemPlaces: { passwd: IN_APP } } });
    expect(evaluate(pathTricks, image).verdict).toBe(expected);
  });
});

describe('an ONBUILD instruction', () => {
  it('is told without its arguments', () => {
    const image = exampleImage({
      config: { OnBuild: ['ENV PASSWORD hunter22'] },
      steps: [appStep('ONBUILD ENV PASSWORD hunter22', 4)],
    });
    expect(evaluate(onbuildTriggers, image).evidence).toMatchObject([{ text: 'ONBUILD ENV', instruction: 4 }]);
  });
});

describe('a variable', () => {
  it.each<[string[], string | undefined]>([
    [['LD_PRELOAD=/opt/hook.so'], 'MEDIUM'],
    [['LD_PRELOAD=/opt/hook.so', 'NVIDIA_VISIBLE_DEVICES=0'], 'HIGH'],
    [['LD_PRELOAD=', 'NVIDIA_VISIBLE_DEVICES=0'], undefined],
    [['NODE_TLS_REJECT_UNAUTHORIZED=0'], 'MEDIUM'],
    [['NODE_TLS_REJECT_UNAUTHORIZED=1'], undefined],
    [['PYTHONHTTPSVERIFY=0'], 'MEDIUM'],
    [['GIT_SSL_NO_VERIFY=true'], 'MEDIUM'],
    [['GIT_SSL_NO_VERIFY=0'], 'MEDIUM'],
    [['NODE_OPTIONS=--inspect'], 'MEDIUM'],
    [['NODE_OPTIONS=--enable-source-maps --inspect-brk=9229'], 'MEDIUM'],
    [['NODE_OPTIONS=--inspect=0.0.0.0:9229'], 'HIGH'],
    [['NODE_OPTIONS=--inspection-of-nothing'], undefined],
    [['JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005'], 'HIGH'],
    [['JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,address=127.0.0.1:5005'], 'MEDIUM'],
    [['JAVA_TOOL_OPTIONS=-Xmx512m'], undefined],
    [['NVIDIA_VISIBLE_DEVICES=all'], 'MEDIUM'],
    [['NVIDIA_VISIBLE_DEVICES=0,1'], undefined],
    [['NVIDIA_DRIVER_CAPABILITIES=all'], 'MEDIUM'],
    [['NVIDIA_DRIVER_CAPABILITIES=compute,utility'], undefined],
  ])('%j: %s', (Env, severity) => {
    const answer = evaluate(dangerousEnvironment, exampleImage({ config: { Env } }));
    expect(answer.verdict === 'fail' ? answer.severity : undefined).toBe(severity);
  });
});

describe('an installation', () => {
  it.each<[string, 'pass' | 'fail']>([
    ['RUN apt-get install -y --force-yes curl', 'fail'],
    ['RUN zypper --no-gpg-checks install -y curl', 'fail'],
    ['RUN pip install --trusted-host=pypi.example.com app', 'fail'],
    ['RUN echo "gpgcheck = 0" >> /etc/yum.repos.d/app.repo', 'fail'],
    ['RUN cat <<X > /etc/yum.repos.d/a.repo\ngpgcheck=0\nX', 'fail'],
    ['RUN echo "deb [trusted=yes] http://deb.example.com/ ./" > /etc/apt/sources.list.d/a.list', 'fail'],
    ['RUN echo "deb [ trusted=yes ] file:///tmp/built ./" > /etc/apt/sources.list.d/a.list', 'pass'],
    ['RUN yarn config set strict-ssl false', 'fail'],
    ['RUN echo strict-ssl=false > .npmrc', 'fail'],
    ['RUN npm config set strict-ssl true', 'pass'],
    ['RUN echo "never use --nogpgcheck"', 'pass'],
    ['RUN dnf install -y curl # --nogpgcheck', 'pass'],
    ['RUN echo gpgcheck=1 > /etc/yum.repos.d/a.repo', 'pass'],
    ['RUN app --trusted-hosts-file /etc/hosts', 'pass'],
  ])('%s: %s', (text, expected) => {
    expect(evaluate(unverifiedPackages, exampleImage({ steps: [appStep(text)] })).verdict).toBe(expected);
  });
});

describe('an entry that points outside of the image', () => {
  const entry = { ...IN_APP, kind: 'escaping-name', path: 'etc/x', mode: 0o644, uid: 0, gid: 0, size: 1 } as const;
  const judged = (...details: readonly string[]) =>
    evaluate(escapingNames, exampleImage({ tree: { notable: details.map((detail) => ({ ...entry, detail })) } }));

  it.each<[string, readonly string[], 'LOW' | 'HIGH', boolean, string]>([
    ['an absolute name is a guess, because some builders write them', ['absolute name'], 'LOW', false, 'absolute name'],
    ['a name that climbs is none', ['..'], 'HIGH', true, '..'],
    ['a hard link that climbs is none', ['hardlink target'], 'HIGH', true, 'hardlink target'],
    ['what climbs counts, and is told first', ['absolute name', '..'], 'HIGH', true, '..'],
  ])('%s', (_, details, severity, confirmed, first) => {
    const { evidence, ...verdict } = judged(...details);
    expect(verdict).toMatchObject({ verdict: 'fail', severity, confirmed });
    expect(evidence[0]?.text).toBe(`etc/x (${first})`);
  });
});
