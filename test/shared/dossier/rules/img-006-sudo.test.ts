import { describe, expect, it } from 'vitest';
import { appStep, exampleImage, IN_APP } from '../../../../shared/dossier/rules/example-image.ts';
import { sudo } from '../../../../shared/dossier/rules/img-006-sudo.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

describe('sudo', () => {
  it.each<[string, 'pass' | 'fail']>([
    ['RUN sudo make install', 'fail'],
    ['RUN cd /src && sudo -u app make', 'fail'],
    ['RUN if true; then /usr/bin/sudo make; fi', 'fail'],
    ['RUN apt-get install -y sudo && make && apt-get purge -y sudo', 'pass'],
    ['RUN echo "use sudo make"', 'pass'],
    ['RUN rm -rf /etc/sudoers.d/app', 'pass'],
  ])('%s: %s, where the program is not in the image', (text, verdict) => {
    expect(evaluate(sudo, exampleImage({ steps: [appStep(text)] })).verdict).toBe(verdict);
  });

  it.each<[string, boolean, boolean, string]>([
    ['everything without a password', true, true, 'HIGH'],
    ['one command without a password', true, false, 'MEDIUM'],
  ])('that allows %s: %s, %s, %s', (_, withoutPassword, all, severity) => {
    const sudoers = [{ path: 'etc/sudoers', withoutPassword, all }];
    const image = exampleImage({ tree: { system: { sudoers }, systemPlaces: { sudoers: IN_APP } } });
    expect(evaluate(sudo, image)).toMatchObject({ verdict: 'fail', severity, origin: 'app' });
  });

  it('that asks for a password, without the program, is nothing', () => {
    const sudoers = [{ path: 'etc/sudoers', withoutPassword: false, all: true }];
    expect(evaluate(sudo, exampleImage({ tree: { system: { sudoers } } })).verdict).toBe('pass');
  });
});
