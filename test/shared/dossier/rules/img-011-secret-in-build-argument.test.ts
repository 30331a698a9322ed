import { describe, expect, it } from 'vitest';
import { appStep, exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { secretInBuildArgument } from '../../../../shared/dossier/rules/img-011-secret-in-build-argument.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const TOKEN = ['npm', 'Zx81Kq02Lm93Np74Rs65Tu56Vw47Xy38Ab29'].join('_');
const verdictOn = (...texts: string[]) =>
  evaluate(secretInBuildArgument, exampleImage({ steps: texts.map((text, index) => appStep(text, index)) }));

describe('a build argument', () => {
  it.each([
    ['beside a command', `RUN NPM_TOKEN=${TOKEN} npm ci`],
    ['behind others', `RUN A=1 B="two words" NPM_TOKEN=${TOKEN} npm ci`],
    ['in a script', `RUN <<EOF\nexport A=1 NPM_TOKEN=${TOKEN}\nnpm ci\nEOF`],
    ['with a default', `ARG NPM_TOKEN=${TOKEN}`],
    ['under any name', `ARG X=${TOKEN}`],
  ])('that is a token is seen in docker history: %s', (_, text) => {
    expect(verdictOn(text)).toMatchObject({ verdict: 'fail', severity: 'CRITICAL', confirmed: true });
  });

  it('that its name calls a secret may be one', () => {
    expect(verdictOn('ARG DB_PASSWORD=s3cr3tPa55')).toMatchObject({ severity: 'MEDIUM', confirmed: false });
  });

  it.each([
    'ARG NPM_TOKEN',
    'ARG VERSION=1.2.3',
    'RUN DEBIAN_FRONTEND=noninteractive apt-get install -y curl',
    'RUN apk add libcrypto3=3.1.4-r1 libsecret=0.20.4-r0',
    'RUN GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568 make',
    'RUN make',
    'RUN',
  ])('that is no secret is none: %s', (text) => {
    expect(verdictOn(text).verdict).toBe('pass');
  });

  it('is proven by any of its values, whatever a weaker one before it says', () => {
    const told = verdictOn(
      'ARG NPM_TOKEN=s3cr3tPa55',
      `RUN NPM_TOKEN=${TOKEN} npm ci`,
      'RUN NPM_TOKEN=s3cr3tPa55 make',
    );
    expect(told).toMatchObject({ severity: 'CRITICAL', confirmed: true, evidence: [{ instruction: 1 }] });
    expect(told.evidence).toHaveLength(1);
  });

  it('is told once, where it stands first', () => {
    const { evidence } = verdictOn('ARG T', `RUN T=${TOKEN} npm ci`, `RUN T=${TOKEN} npm run build`);
    expect(evidence).toMatchObject([{ instruction: 1 }]);
  });
});
