import { describe, expect, it } from 'vitest';
import { redactText } from '../../../../shared/base/redaction.ts';
import { IMAGE_RULES } from '../../../../shared/dossier/rules/catalogue.ts';
import { APP_LAYER, exampleImage, IN_APP, IN_BASE } from '../../../../shared/dossier/rules/example-image.ts';
import { secretFile } from '../../../../shared/dossier/rules/img-012-secret-file.ts';
import { deletedSecret } from '../../../../shared/dossier/rules/img-013-deleted-secret.ts';
import { SECRET_KINDS } from '../../../../shared/layer/layer-report.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const secret = { kind: 'npm-token', path: 'root/.npmrc', fingerprint: 'a'.repeat(32) } as const;
const named = { kind: 'secret-name', path: 'root/.npmrc', mode: 0o600, uid: 0, gid: 0, size: 9 } as const;
const deleted = { deletedBy: APP_LAYER } as const;

const both = (tree: NonNullable<Parameters<typeof exampleImage>[0]>['tree']) => {
  const image = exampleImage({ tree: tree ?? {} });
  return [evaluate(secretFile, image), evaluate(deletedSecret, image)].map(({ verdict }) => verdict);
};

describe('a secret in a file', () => {
  it('of the finished image is one rule’s, and one that a later layer deletes the other’s', () => {
    expect(both({ secrets: [{ ...secret, ...IN_APP }] })).toEqual(['fail', 'pass']);
    expect(both({ secrets: [{ ...secret, ...IN_BASE, ...deleted }] })).toEqual(['pass', 'fail']);
  });

  it('that a later layer wrote again is not deleted', () => {
    expect(
      both({
        secrets: [
          { ...secret, ...IN_BASE, ...deleted },
          { ...secret, ...IN_APP },
        ],
      }),
    ).toEqual(['fail', 'pass']);
  });

  it('that a later layer replaced by another is both', () => {
    const other = { ...secret, fingerprint: 'b'.repeat(32) };
    expect(
      both({
        secrets: [
          { ...secret, ...IN_BASE, ...deleted },
          { ...other, ...IN_APP },
        ],
      }),
    ).toEqual(['fail', 'fail']);
  });

  it('is told as recoverable where it was deleted', () => {
    const image = exampleImage({ tree: { secrets: [{ ...secret, ...IN_BASE, ...deleted }] } });
    expect(evaluate(deletedSecret, image)).toMatchObject({
      severity: 'CRITICAL',
      origin: 'base',
      evidence: [
        {
          text: 'an npm token in root/.npmrc, deleted by a later layer and recoverable from this one',
          path: 'root/.npmrc',
          layer: IN_BASE.layer,
        },
      ],
    });
  });

  it('is told once where the file’s name says so too', () => {
    const image = exampleImage({ tree: { secrets: [{ ...secret, ...IN_APP }], notable: [{ ...named, ...IN_APP }] } });
    expect(evaluate(secretFile, image)).toMatchObject({ severity: 'CRITICAL', confirmed: true, evidence: [{}] });
  });

  it('weighs more than the hash of a password, which comes behind it', () => {
    const hash = { ...secret, ...IN_BASE, kind: 'password-hash', path: 'etc/shadow' } as const;
    const image = exampleImage({ tree: { secrets: [hash, { ...secret, ...IN_APP }] } });
    expect(evaluate(secretFile, image)).toMatchObject({
      severity: 'CRITICAL',
      evidence: [{ path: 'root/.npmrc' }, { path: 'etc/shadow' }],
    });
  });
});

describe('what is said of a file', () => {
  const PATHS = ['app/key.pem', 'etc/app/password', 'srv/API_TOKEN', 'run/secrets/db.passwd', 'srv/auth.key'];

  it.each(PATHS)('has none of our own words redacted, whatever its name: %s', (path) => {
    const fates = [IN_APP, { ...IN_BASE, ...deleted }];
    const image = exampleImage({
      tree: {
        secrets: SECRET_KINDS.flatMap((kind) =>
          fates.map((fate) => ({ ...secret, ...fate, kind, path: `${kind}/${path}` })),
        ),
        notable: fates.map((fate) => ({ ...named, ...fate, path })),
      },
    });
    const texts = IMAGE_RULES.flatMap((rule) => {
      const verdict = rule.check(image);
      return verdict.verdict === 'fail' ? verdict.evidence.map(({ text }) => text) : [];
    });
    expect(texts.length).toBeGreaterThan(SECRET_KINDS.length);
    expect(texts.filter((text) => redactText(text) !== text)).toEqual([]);
  });
});

describe('a name under which secrets are kept', () => {
  it('is a guess without a secret inside', () => {
    const image = exampleImage({ tree: { notable: [{ ...named, ...IN_APP }] } });
    expect(evaluate(secretFile, image)).toMatchObject({ verdict: 'fail', severity: 'LOW', confirmed: false });
  });

  it.each([
    'usr/lib/python3/dist-packages/awscli/credentials.json',
    'usr/lib/python3.12/site-packages/google/credentials.json',
    'srv/node_modules/pkg/.npmrc',
  ])('says nothing inside of a package: %s', (path) => {
    expect(both({ notable: [{ ...named, ...IN_APP, path }] })).toEqual(['pass', 'pass']);
  });

  it('does not excuse a secret inside of a package', () => {
    expect(both({ secrets: [{ ...secret, ...IN_APP, path: 'srv/node_modules/pkg/.npmrc' }] })).toEqual([
      'fail',
      'pass',
    ]);
  });
});
