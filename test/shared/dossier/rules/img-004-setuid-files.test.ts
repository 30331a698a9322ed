import { describe, expect, it } from 'vitest';
import { exampleImage, IN_APP, IN_BASE } from '../../../../shared/dossier/rules/example-image.ts';
import { setuidFiles } from '../../../../shared/dossier/rules/img-004-setuid-files.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const setuid = (path: string, place: typeof IN_BASE | typeof IN_APP) =>
  ({ ...place, kind: 'setuid', path, mode: 0o4755, uid: 0, gid: 0, size: 9, detail: 'setuid' }) as const;

const verdictOn = (...notable: ReturnType<typeof setuid>[]) =>
  evaluate(setuidFiles, exampleImage({ tree: { notable } }));

describe('setuid files', () => {
  it.each(['bin/su', 'usr/bin/passwd', 'usr/sbin/unix_chkpwd', 'sbin/unix_chkpwd', 'usr/bin/ssh-agent', 'bin/ping'])(
    'that distributions ship are normal: %s',
    (path) => {
      expect(verdictOn(setuid(path, IN_BASE)).verdict).toBe('pass');
    },
  );

  it.each(['tmp/su', 'srv/bin/passwd', 'usr/bin/su2', 'usr/local/bin/mount'])(
    'with such a name somewhere else are not: %s',
    (path) => {
      expect(verdictOn(setuid(path, IN_APP))).toMatchObject({ verdict: 'fail', severity: 'MEDIUM' });
    },
  );

  it.each(['bin/bash', 'opt/sh', 'usr/bin/python3.12', 'usr/bin/perl5.36.0', 'bin/busybox', 'usr/bin/node'])(
    'that run whatever they are given weigh most: %s',
    (path) => {
      expect(verdictOn(setuid('opt/tool', IN_APP), setuid(path, IN_BASE))).toMatchObject({
        severity: 'HIGH',
        evidence: [{ path }, { path: 'opt/tool' }],
      });
    },
  );

  it('of the base image weigh less than the app’s', () => {
    expect(verdictOn(setuid('usr/lib/polkit-1/helper', IN_BASE))).toMatchObject({ severity: 'LOW', origin: 'base' });
    expect(verdictOn(setuid('usr/lib/helper', IN_BASE), setuid('opt/tool', IN_APP))).toMatchObject({
      severity: 'MEDIUM',
      origin: 'app',
    });
  });

  it('that a later layer replaced do not count', () => {
    const image = exampleImage({
      tree: { notable: [{ ...setuid('opt/bash', IN_BASE), deletedBy: IN_APP.layer }] },
    });
    expect(evaluate(setuidFiles, image).verdict).toBe('pass');
  });
});
