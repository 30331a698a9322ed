import { describe, expect, it } from 'vitest';
import { CAPABILITY_NAMES, capabilitiesFrom } from '../../../shared/layer/capabilities.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('capabilitiesFrom', () => {
  it.each([
    ['ping as Debian ships it: revision 2, effective', '01000002 00200000 00000000 00000000 00000000', ['cap_net_raw']],
    ['revision 1, of 32 bits', '00000001 00000000 00040000', ['cap_net_bind_service']],
    [
      'revision 3, with the user id of its namespace',
      '00000003 00002000 00000000 00000000 00000000 e8030000',
      ['cap_sys_admin'],
    ],
    ['a capability beyond bit 31', '01000002 00000000 00000000 80000000 00000000', ['cap_bpf']],
    [
      'permitted and inheritable ones together',
      '00000002 01000000 80000000 00000000 00000000',
      ['cap_chown', 'cap_setuid'],
    ],
    ['a bit that no kernel has named', '00000002 00000000 00000000 00000080 00000000', ['cap_63']],
    ['none at all', '00000002 00000000 00000000 00000000 00000000', []],
  ])('reads %s', (_, value, names) => {
    expect(capabilitiesFrom(hex(value))).toEqual({ known: true, value: names });
  });

  it.each([
    ['empty', ''],
    ['of an unknown revision', '00000004 00000000 00000000 00000000 00000000'],
    ['shorter than its revision', '00000002 00000000'],
    ['longer than its revision', '00000001 00000000 00000000 00000000'],
  ])('does not guess what an attribute says that is %s', (_, value) => {
    expect(capabilitiesFrom(hex(value)).known).toBe(false);
  });

  it('knows the 41 capabilities of the kernel', () => {
    expect(CAPABILITY_NAMES).toHaveLength(41);
    expect(CAPABILITY_NAMES[21]).toBe('cap_sys_admin');
    expect(CAPABILITY_NAMES[40]).toBe('cap_checkpoint_restore');
  });
});
