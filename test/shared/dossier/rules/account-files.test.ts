/** IMG-007 and IMG-060: what stands in etc/passwd and etc/ld.so.preload. */
import { describe, expect, it } from 'vitest';
import { exampleImage, IN_BASE } from '../../../../shared/dossier/rules/example-image.ts';
import { emptyPassword } from '../../../../shared/dossier/rules/img-007-empty-password.ts';
import { intrudersTools } from '../../../../shared/dossier/rules/img-060-intruders-tools.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

describe('an empty password', () => {
  it('in etc/passwd is one, whatever etc/shadow says', () => {
    const passwd = { size: 30, malformed: 0, accounts: [], emptyPasswords: ['root'] };
    const image = exampleImage({
      tree: { system: { passwd, shadow: { emptyPasswords: [] } }, systemPlaces: { passwd: IN_BASE } },
    });
    expect(evaluate(emptyPassword, image)).toMatchObject({
      verdict: 'fail',
      evidence: [{ text: 'root has an empty password', path: 'etc/passwd', origin: 'base' }],
    });
  });
});

describe('a line of etc/ld.so.preload', () => {
  it.each([
    ['/tmp/libx.so', 'fail'],
    ['/tmp/.x', 'fail'],
    ['  libhide  ', 'fail'],
    ['   ', 'pass'],
    [' # none', 'pass'],
  ])('%j: %s', (line, verdict) => {
    const image = exampleImage({ tree: { system: { ldSoPreload: [line] } } });
    expect(evaluate(intrudersTools, image).verdict).toBe(verdict);
  });
});
