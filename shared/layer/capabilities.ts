/** File capabilities, as the extended attribute `security.capability` holds them. */
import { type Known, known, unknown } from '../base/known.ts';

/** By bit, 0 to 40. Source: include/uapi/linux/capability.h of Linux 6.12. */
export const CAPABILITY_NAMES = [
  'cap_chown',
  'cap_dac_override',
  'cap_dac_read_search',
  'cap_fowner',
  'cap_fsetid',
  'cap_kill',
  'cap_setgid',
  'cap_setuid',
  'cap_setpcap',
  'cap_linux_immutable',
  'cap_net_bind_service',
  'cap_net_broadcast',
  'cap_net_admin',
  'cap_net_raw',
  'cap_ipc_lock',
  'cap_ipc_owner',
  'cap_sys_module',
  'cap_sys_rawio',
  'cap_sys_chroot',
  'cap_sys_ptrace',
  'cap_sys_pacct',
  'cap_sys_admin',
  'cap_sys_boot',
  'cap_sys_nice',
  'cap_sys_resource',
  'cap_sys_time',
  'cap_sys_tty_config',
  'cap_mknod',
  'cap_lease',
  'cap_audit_write',
  'cap_audit_control',
  'cap_setfcap',
  'cap_mac_override',
  'cap_mac_admin',
  'cap_syslog',
  'cap_wake_alarm',
  'cap_block_suspend',
  'cap_audit_read',
  'cap_perfmon',
  'cap_bpf',
  'cap_checkpoint_restore',
] as const;

/** The highest byte of the first word tells the revision; each has its own size in bytes. Same source. */
const REVISIONS = new Map([
  [1, { bytes: 12, words: 1 }],
  [2, { bytes: 20, words: 2 }],
  [3, { bytes: 24, words: 2 }],
]);

/** The capabilities that the file permits or lets inherit, in the order of their bits; a bit without a name is its number. */
export const capabilitiesFrom = (value: Buffer): Known<readonly string[]> => {
  if (value.length < 4) return unknown('the attribute is shorter than its first word');
  const revision = REVISIONS.get(value.readUInt32LE(0) >>> 24);
  if (revision === undefined) return unknown('the attribute is of an unknown revision');
  if (value.length !== revision.bytes) return unknown('the attribute has not the size of its revision');
  const names: string[] = [];
  for (let word = 0; word < revision.words; word += 1) {
    // A word of the permitted set is followed by the same word of the inheritable set.
    const bits = value.readUInt32LE(4 + 8 * word) | value.readUInt32LE(8 + 8 * word);
    for (let bit = 0; bit < 32; bit += 1) {
      const number = 32 * word + bit;
      if ((bits >>> bit) & 1) names.push(CAPABILITY_NAMES[number] ?? `cap_${number}`);
    }
  }
  return known(names);
};
