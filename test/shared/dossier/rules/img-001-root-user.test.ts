import { describe, expect, it } from 'vitest';
import { appStep, exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { rootUser } from '../../../../shared/dossier/rules/img-001-root-user.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const account = (name: string, uid: number) => ({ name, uid, gid: uid, shell: '/bin/sh' });
const passwd = { size: 100, malformed: 0, accounts: [account('root', 0), account('app', 1000), account('admin', 0)] };

describe('the user', () => {
  it.each<[string, 'pass' | 'fail']>([
    ['', 'fail'],
    ['root', 'fail'],
    ['root:root', 'fail'],
    ['root:app', 'fail'],
    ['0', 'fail'],
    ['0:0', 'fail'],
    ['0:1000', 'fail'],
    ['00', 'fail'],
    ['+0', 'fail'],
    [':1000', 'fail'],
    ['1', 'pass'],
    ['1000', 'pass'],
    ['1000:0', 'pass'],
    ['app', 'pass'],
    ['admin:app', 'fail'],
  ])('%j: %s', (User, verdict) => {
    const image = exampleImage({ config: { User }, tree: { system: { passwd } } });
    expect(evaluate(rootUser, image).verdict).toBe(verdict);
  });

  it('is root where runtimes read a malformed line so, whatever a later one says', () => {
    const misread = [account('web', 0)];
    const accounts = [...passwd.accounts, account('web', 1000)];
    const image = exampleImage({
      config: { User: 'web' },
      tree: { system: { passwd: { ...passwd, accounts, misread } } },
    });
    expect(evaluate(rootUser, image).verdict).toBe('fail');
  });

  it('is read from the config, whatever history says', () => {
    const steps = [appStep('USER 1000'), appStep('USER root', 3)];
    expect(evaluate(rootUser, exampleImage({ config: { User: '1000' }, steps })).verdict).toBe('pass');
    expect(evaluate(rootUser, exampleImage({ config: { User: '' }, steps: [] })).verdict).toBe('fail');
  });

  it('that is root belongs to the last USER instruction', () => {
    const steps = [appStep('USER 1000'), { ...appStep('USER root', 3), origin: 'base' as const }];
    expect(evaluate(rootUser, exampleImage({ config: { User: 'root' }, steps })).origin).toBe('base');
  });

  it('that is missing is the app’s, because the app could have set one', () => {
    expect(evaluate(rootUser, exampleImage({ config: { User: '' } })).origin).toBe('app');
  });

  it('is unknown where etc/passwd does not name it', () => {
    const image = exampleImage({ config: { User: 'web' }, tree: { system: { passwd } } });
    expect(evaluate(rootUser, image)).toMatchObject({
      verdict: 'unknown',
      because: 'etc/passwd does not say which uid web has',
    });
  });

  it('by its name is unknown where a layer was not read to its end, which may have another etc/passwd', () => {
    const image = exampleImage({
      config: { User: 'app' },
      tree: { system: { passwd }, incomplete: 'a layer was not read to its end' },
    });
    expect(evaluate(rootUser, image).verdict).toBe('unknown');
  });

  it('of a Windows image is nothing that this rule knows', () => {
    const image = exampleImage({ config: { User: '' }, imageConfig: { os: 'windows' } });
    expect(evaluate(rootUser, image).verdict).toBe('not-applicable');
  });
});
