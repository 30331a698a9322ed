/** IMG-005: programs that bring a part of root's power with them. */
import { exampleImage, IN_APP } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';

/** Each is as good as root, in the container or on its network. */
const DANGEROUS: ReadonlySet<string> = new Set([
  'cap_sys_admin',
  'cap_sys_module',
  'cap_sys_ptrace',
  'cap_dac_override',
  'cap_dac_read_search',
  'cap_setuid',
  'cap_net_admin',
]);

/** How distributions ship the tools of rootless containers, which need exactly this. */
const USUAL = /^usr\/s?bin\/newuidmap$/;

const PROGRAM = { kind: 'capabilities', mode: 0o755, uid: 0, gid: 0, size: 90_000, path: 'opt/agent' } as const;

export const fileCapabilities: ImageRule = {
  id: 'IMG-005',
  title: 'Programs carry dangerous capabilities',
  rationale:
    'A file capability gives whoever starts the program a part of root’s power; with these ones a flaw in it is worth as much as root.',
  severity: 'MEDIUM',
  class: 'privilege',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: ['4.8', '5.4'], others: ['CVE-2022-24769', 'CVE-2022-29162'] },
  remediation:
    'Remove them where the program is installed (`setcap -r /opt/agent`); grant what it needs to the one workload that needs it.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      {
        title: 'ping’s own capability',
        subject: exampleImage({
          tree: { notable: [{ ...PROGRAM, ...IN_APP, path: 'usr/bin/ping', detail: 'cap_net_raw' }] },
        }),
      },
    ],
    bad: [
      {
        title: 'cap_sys_admin beside a harmless one',
        subject: exampleImage({
          tree: { notable: [{ ...PROGRAM, ...IN_APP, detail: 'cap_net_bind_service,cap_sys_admin' }] },
        }),
      },
    ],
  },
  check: (image) =>
    failOrPassByFiles(
      image,
      image.tree.notable.flatMap((file) => {
        if (file.kind !== 'capabilities' || !isPresent(file)) return [];
        const names = (file.detail ?? '').split(',').filter((name) => DANGEROUS.has(name));
        const isUsual = USUAL.test(file.path) && names.join() === 'cap_setuid';
        return names.length === 0 || isUsual
          ? []
          : [fileEvidence(file, file.path, `${file.path} (${names.join(', ')})`)];
      }),
    ),
};
