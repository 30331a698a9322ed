import { describe, expect, it } from 'vitest';
import { exampleImage, IN_APP } from '../../../../shared/dossier/rules/example-image.ts';
import { fileCapabilities } from '../../../../shared/dossier/rules/img-005-file-capabilities.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

describe('file capabilities', () => {
  it.each<[string, string, 'pass' | 'fail']>([
    ['usr/bin/ping', 'cap_net_raw', 'pass'],
    ['srv/app', 'cap_net_bind_service', 'pass'],
    ['srv/app', 'cap_net_admin', 'fail'],
    ['srv/app', 'cap_net_raw,cap_sys_ptrace', 'fail'],
    ['srv/app', 'cap_dac_read_search', 'fail'],
    ['usr/bin/newuidmap', 'cap_setuid', 'pass'],
    ['usr/bin/newuidmap', 'cap_setuid,cap_sys_admin', 'fail'],
    ['srv/newuidmap', 'cap_setuid', 'fail'],
  ])('%s with %s: %s', (path, detail, verdict) => {
    const file = { ...IN_APP, kind: 'capabilities', path, detail, mode: 0o755, uid: 0, gid: 0, size: 9 } as const;
    expect(evaluate(fileCapabilities, exampleImage({ tree: { notable: [file] } })).verdict).toBe(verdict);
  });
});
