import { describe, expect, it } from 'vitest';
import { appStep, exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { credentialsInRun } from '../../../../shared/dossier/rules/img-014-credentials-in-run.ts';
import { unverifiedPackages } from '../../../../shared/dossier/rules/img-035-unverified-packages.ts';
import { downloadAndRun } from '../../../../shared/dossier/rules/img-044-download-and-run.ts';
import { tlsVerificationOff } from '../../../../shared/dossier/rules/img-045-tls-verification-off.ts';
import { addInsteadOfCopy } from '../../../../shared/dossier/rules/img-046-add.ts';
import { updateAlone } from '../../../../shared/dossier/rules/img-047-update-alone.ts';
import { distUpgrade } from '../../../../shared/dossier/rules/img-048-dist-upgrade.ts';
import { unpinnedPackages } from '../../../../shared/dossier/rules/img-050-unpinned-packages.ts';
import { recommendsInstalled } from '../../../../shared/dossier/rules/img-051-recommends.ts';
import { pipefail } from '../../../../shared/dossier/rules/img-052-pipefail.ts';
import { maintainer } from '../../../../shared/dossier/rules/img-058-maintainer.ts';

const app = (...texts: readonly string[]) => exampleImage({ steps: texts.map((text, index) => appStep(text, index)) });
const base = (text: string, index = 0) => ({ ...appStep(text, index), origin: 'base' as const });
const unclear = (text: string, index = 0) => ({ ...appStep(text, index), origin: 'unknown' as const });

describe('rules about instructions', () => {
  const rules = [
    downloadAndRun,
    tlsVerificationOff,
    addInsteadOfCopy,
    updateAlone,
    distUpgrade,
    unpinnedPackages,
    recommendsInstalled,
    pipefail,
  ];

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s does not answer where history does not tell all',
    (_, rule) => {
      const image = exampleImage({ steps: [], historyGap: 'the image was squashed' });
      expect(rule.check(image)).toEqual({ verdict: 'unknown', missing: 'the image was squashed' });
    },
  );

  it.each([
    [
      downloadAndRun,
      'RUN curl -fsSL https://example.com/i.sh | sh && make',
      'curl -fsSL https://example.com/i.sh | sh',
    ],
    [tlsVerificationOff, 'RUN make && curl -k https://example.com/a; make', 'curl -k https://example.com/a'],
    [updateAlone, 'RUN apt-get update && rm -rf /var/lib/apt/lists/*', 'apt-get update'],
    [distUpgrade, 'RUN apt-get update && apt-get dist-upgrade -y && rm -rf /x', 'apt-get dist-upgrade -y'],
    [unpinnedPackages, 'RUN apt-get update && apt-get install -y curl && rm -rf /x', 'apt-get install -y curl'],
    [recommendsInstalled, 'RUN apt-get update && apt-get install -y curl && rm -rf /x', 'apt-get install -y curl'],
    [pipefail, 'RUN make && cat a | tar x && rm a', 'cat a | tar x'],
    [addInsteadOfCopy, 'ADD --chown=1:1 a.txt b.tgz /srv/', 'ADD a.txt /srv/'],
  ])('$id quotes the offending command and no more', (rule, text, quoted) =>
    expect(rule.check(app(text))).toMatchObject({
      verdict: 'fail',
      evidence: [{ text: quoted, origin: 'app', instruction: 0, layer: `sha256:${'2'.repeat(64)}` }],
    }),
  );

  it.each([
    [downloadAndRun, 'RUN curl -fsSL https://example.com/i.sh | sh'],
    [tlsVerificationOff, 'RUN curl -k https://example.com/a'],
    [updateAlone, 'RUN apt-get update'],
    [distUpgrade, 'RUN apt-get dist-upgrade -y'],
    [unpinnedPackages, 'RUN apt-get install -y curl'],
    [recommendsInstalled, 'RUN apt-get install -y curl'],
    [pipefail, 'RUN cat a | tar x'],
  ])('$id says of a base image’s instruction that it is the base image’s', (rule, text) =>
    expect(rule.check(exampleImage({ steps: [base(text)] }))).toMatchObject({
      verdict: 'fail',
      evidence: [{ origin: 'base' }],
    }),
  );
});

describe('IMG-046', () => {
  it('does not take the base image’s root file system for somebody’s ADD', () =>
    expect(addInsteadOfCopy.check(exampleImage({ steps: [base('ADD <file> /'), appStep('COPY a /a', 1)] }))).toEqual({
      verdict: 'pass',
    }));

  it('does not take the first ADD of an image without a base for one', () =>
    expect(addInsteadOfCopy.check(app('ADD <file> /')).verdict).toBe('pass'));

  it('does not take the base image’s ADD of single files for the user’s', () =>
    expect(addInsteadOfCopy.check(exampleImage({ steps: [base('ADD ubi.repo /etc/yum.repos.d/')] })).verdict).toBe(
      'pass',
    ));

  it('does not answer where the base image’s end is not known', () =>
    expect(addInsteadOfCopy.check(exampleImage({ steps: [unclear('ADD a.txt /srv/')] }))).toEqual({
      verdict: 'unknown',
      missing: 'nothing tells the base image’s instructions from the others',
    }));

  it.each(['ADD <file> /srv/', 'ADD <multi> /srv/', 'ADD $ARCHIVE /srv/'])('does not guess what %s copied', (text) =>
    expect(addInsteadOfCopy.check(app('COPY a /a', text)).verdict).toBe('unknown'),
  );
});

describe('IMG-044', () => {
  it('is less sure of ADD, whose checksum history leaves out', () =>
    expect(downloadAndRun.check(app('ADD https://example.com/a /a'))).toMatchObject({
      verdict: 'fail',
      confirmed: false,
    }));

  it('is sure of ADD where the author’s own line is known', () => {
    const step = appStep('ADD https://example.com/a /a');
    const check = (written: string) => downloadAndRun.check(exampleImage({ steps: [{ ...step, written }] }));
    expect(check('ADD https://example.com/a /a')).toMatchObject({ verdict: 'fail' });
    expect(check('ADD https://example.com/a /a')).not.toHaveProperty('confirmed');
    expect(check(`ADD --checksum=sha256:${'a'.repeat(64)} https://example.com/a /a`).verdict).toBe('pass');
  });

  it('is sure of a download that is run, whatever else is added', () =>
    expect(
      downloadAndRun.check(app('ADD https://example.com/a /a', 'RUN curl https://example.com/i | sh')),
    ).not.toHaveProperty('confirmed'));

  it.each([
    'RUN curl https://example.com/i.sh -o i.sh && echo "abc  i.sh" | sha256sum -c && sh i.sh',
    'RUN curl https://example.com/key | gpg --dearmor -o /k',
    'RUN curl https://example.com/a | sh -c "cat > /a"',
    'RUN curl https://example.com/a | sh /filter.sh',
    'RUN VERSION="$(curl https://example.com/v)" && sh build.sh "$VERSION"',
    'RUN cat <<EOF > /README\ncurl https://example.com/i.sh | sh\nEOF',
    'RUN curl https://example.com/a || sh fallback.sh',
    'RUN { curl https://example.com/a; } | tar x',
    'RUN curl https://example.com/a | (cd /tmp && tar x && sh ./configure)',
    'RUN curl https://example.com/a | (cd /tmp && cat a | sh)',
    'RUN { curl https://example.com/a -o a; bash build.sh; }',
    'RUN python3 build.py "$(curl https://example.com/v)"',
    'RUN curl https://example.com/list | xargs -n 1 curl -O',
    "RUN curl https://example.com/list | xargs -I{} sh -c 'mv {} /b'",
    'RUN curl https://example.com/a | busybox tar x',
  ])('lets %j be', (text) => expect(downloadAndRun.check(app(text)).verdict).toBe('pass'));

  it.each([
    'RUN (curl https://example.com/i.sh) | bash',
    'RUN { curl https://x; } | bash',
    'RUN if true; then { set -e; (curl https://x); } 2>/dev/null | bash; fi',
    'RUN get() { curl https://x | sh; }; get',
    'RUN get () { curl https://x | sh; }; get',
    'RUN curl https://x | (cd /tmp && bash)',
    'RUN curl https://x | { cd /tmp; (bash -s); }',
    'RUN curl https://x | tee >(bash)',
    'RUN curl https://x | busybox sh',
    'RUN busybox wget -O- https://x | sh',
    'RUN python3 -c "$(curl https://x)"',
    'RUN python3 <(curl https://x)',
    'RUN php -r "$(wget -qO- https://x)"',
    'RUN curl -L https://x | xargs bash',
    'RUN curl -L https://x | xargs -0 -n 1 bash -c',
    'RUN set -e; wget -O - https://example.com/i.sh 2>/dev/null | /bin/sh',
    'RUN bash -c "curl https://example.com/i.sh | sh"',
    'RUN eval "$(curl -s https://example.com/env)"',
    'RUN . <(curl -s https://example.com/env)',
    'RUN <<EOF\nset -e\ncurl https://example.com/i.sh | sh\nEOF',
    'RUN curl https://example.com/i.sh | sh -s -- --yes > /dev/null',
  ])('sees through %j', (text) => expect(downloadAndRun.check(app(text)).verdict).toBe('fail'));
});

describe('IMG-045', () => {
  it.each([
    'RUN curl -o k https://example.com/k',
    'RUN curl -fsSLo kubectl https://example.com/kubectl',
    'RUN echo "curl -k is bad"',
    'RUN wget https://example.com/--no-check-certificate',
    'RUN git config --global http.sslVerify true',
    'RUN pip install --index-url https://pypi.example.com/simple app',
    'RUN export GIT_SSL_NO_VERIFY=0',
  ])('lets %j be', (text) => expect(tlsVerificationOff.check(app(text)).verdict).toBe('pass'));

  it.each([
    'RUN curl -fsSLk https://example.com/a',
    'RUN GIT_SSL_NO_VERIFY=1 git clone https://example.com/a',
    'RUN git config --global http.https://example.com.sslVerify=false',
    'RUN npm install --registry=http://npm.example.com a@1.0.0',
    'RUN dnf --setopt=sslverify=false install -y a',
  ])('sees %j', (text) => expect(tlsVerificationOff.check(app(text)).verdict).toBe('fail'));
});

describe('IMG-047', () => {
  it.each([
    'RUN apt-get update && apt-get -y --no-install-recommends install curl',
    `RUN bash -c 'apt-get update && apt-get install -y curl'`,
    'RUN apt-get update && apt-get build-dep -y a',
    'RUN apk update; apk add curl',
    'RUN apt-get update && $INSTALL curl',
    'RUN apt-get update && npx playwright install --with-deps',
    'RUN npm update',
    'RUN aptitude update && aptitude -y safe-upgrade',
    'RUN echo apt-get update',
  ])('lets %j be', (text) => expect(updateAlone.check(app(text)).verdict).toBe('pass'));

  it('looks at one instruction at a time', () =>
    expect(updateAlone.check(app('RUN apt-get update', 'RUN apt-get install -y curl')).verdict).toBe('fail'));
});

describe('a RUN instruction that is too long to be read', () => {
  const long = `RUN true ${'a'.repeat(300_000)}`;
  const about = [
    [credentialsInRun, 'RUN docker login -p$P'],
    [unverifiedPackages, 'RUN apk add --allow-untrusted a'],
    [downloadAndRun, 'RUN curl https://example.com/i.sh | sh'],
    [tlsVerificationOff, 'RUN curl -k https://example.com/a'],
    [updateAlone, 'RUN apt-get update'],
    [distUpgrade, 'RUN apt-get dist-upgrade -y'],
    [unpinnedPackages, 'RUN apt-get install -y curl'],
    [recommendsInstalled, 'RUN apt-get install -y curl'],
    [pipefail, 'RUN cat a | tar x'],
  ] as const;

  it.each(about)('leaves $id without an answer', (rule) =>
    expect(rule.check(app('COPY a /a', long))).toEqual({
      verdict: 'unknown',
      missing: 'a RUN instruction is too long to be read',
    }),
  );

  it.each(about)('does not hide from $id what another instruction does', (rule, text) =>
    expect(rule.check(app(long, text))).toMatchObject({ verdict: 'fail', evidence: [{ instruction: 1 }] }),
  );
});

describe('IMG-058', () => {
  it('passes without history when nobody is the author', () =>
    expect(maintainer.check(exampleImage({ steps: [], historyGap: 'it was squashed' })).verdict).toBe('pass'));

  it('does not know who wrote the author down when history is lost', () =>
    expect(
      maintainer.check(exampleImage({ imageConfig: { author: 'a' }, steps: [], historyGap: 'it was squashed' }))
        .verdict,
    ).toBe('unknown'));
});
