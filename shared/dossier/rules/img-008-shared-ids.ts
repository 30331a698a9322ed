/** IMG-008: accounts and groups that are one and the same to the kernel. */
import { exampleImage, IN_APP } from './example-image.ts';
import { failOrPassByFiles, type ImageRule, systemEvidence } from './image-rule.ts';

const ROOT = { name: 'root', uid: 0, gid: 0, shell: '/bin/sh' } as const;
const account = (name: string, uid: number) => ({ name, uid, gid: uid, shell: '/sbin/nologin' });

export const sharedIds: ImageRule = {
  id: 'IMG-008',
  title: 'Accounts or groups share a number',
  rationale:
    'The kernel knows numbers and no names: two accounts with one uid own the same files, and a second account with uid 0 is root under another name.',
  severity: 'LOW',
  class: 'privilege',
  confirmed: true,
  references: { nist: ['3.1.2', '4.1.2'], cis: [], others: ['dockle DKL-LI-0002'] },
  remediation: 'Give every account and every group a number of its own, and remove the accounts that nothing needs.',
  examples: {
    good: [
      { title: 'no accounts', subject: exampleImage() },
      {
        title: 'each its own uid',
        subject: exampleImage({
          tree: { system: { passwd: { size: 80, malformed: 0, accounts: [ROOT, account('app', 10_001)] } } },
        }),
      },
    ],
    bad: [
      {
        title: 'two accounts with one uid',
        subject: exampleImage({
          tree: {
            system: {
              passwd: { size: 80, malformed: 0, accounts: [ROOT, account('app', 1_000), account('web', 1_000)] },
            },
            systemPlaces: { passwd: IN_APP },
          },
        }),
      },
      {
        title: 'two groups with one gid',
        subject: exampleImage({
          tree: {
            system: {
              group: {
                size: 80,
                malformed: 0,
                groups: [
                  { name: 'app', gid: 1_000 },
                  { name: 'web', gid: 1_000 },
                ],
              },
            },
          },
        }),
      },
      {
        title: 'a second root',
        subject: exampleImage({
          tree: { system: { passwd: { size: 80, malformed: 0, accounts: [ROOT, account('backup', 0)] } } },
        }),
        severity: 'HIGH',
      },
    ],
  },
  check: (image) => {
    const { passwd, group } = image.tree.system;
    const uids = shared((passwd?.accounts ?? []).map(({ name, uid }) => [uid, name]));
    const gids = shared((group?.groups ?? []).map(({ name, gid }) => [gid, name]));
    return failOrPassByFiles(
      image,
      [
        ...uids.map(([uid, names]) => systemEvidence(image, 'passwd', 'etc/passwd', `uid ${uid}: ${names}`)),
        ...gids.map(([gid, names]) => systemEvidence(image, 'group', 'etc/group', `gid ${gid}: ${names}`)),
      ],
      { severity: uids.some(([uid]) => uid === 0) ? 'HIGH' : 'LOW' },
    );
  },
};

/** Numbers that more than one has, with the names; lowest first, so that root's is the first. */
const shared = (entries: readonly (readonly [number, string])[]): readonly (readonly [number, string])[] => {
  const byId = new Map<number, string[]>();
  for (const [id, name] of entries) byId.set(id, [...(byId.get(id)?.slice(0, 9) ?? []), name]);
  return [...byId]
    .filter(([, names]) => names.length > 1)
    .map(([id, names]) => [id, names.join(', ')] as const)
    .toSorted(([one], [other]) => one - other);
};
