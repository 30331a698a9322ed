/** IMG-001: who the image runs as when nobody says otherwise. */
import type { BuildStep, InspectedImage } from '../inspected-image.ts';
import { exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule, notApplicable, PASS, unknownBecause } from './image-rule.ts';
import { isRoot, isUid, userPartOf } from './image-user.ts';

const PASSWD = {
  size: 900,
  malformed: 0,
  accounts: [
    { name: 'root', uid: 0, gid: 0, shell: '/bin/sh' },
    { name: 'app', uid: 10_001, gid: 10_001, shell: '/sbin/nologin' },
    { name: 'toor', uid: 0, gid: 0, shell: '/bin/sh' },
  ],
} as const;

export const rootUser: ImageRule = {
  id: 'IMG-001',
  title: 'The image runs as root',
  rationale:
    'Whoever takes over a process that runs as root owns every file of the container, and needs one kernel or runtime flaw less to own the host.',
  severity: 'HIGH',
  class: 'privilege',
  confirmed: true,
  references: {
    nist: ['3.1.2', '4.1.2'],
    cis: ['4.1'],
    others: ['dockle CIS-DI-0001', 'trivy DS-0002', 'hadolint DL3002'],
  },
  remediation:
    'Create a user in the Dockerfile, give it only the files that it must write, and end with its number: `USER 10001:10001`. Distroless images bring the user 65532.',
  examples: {
    good: [
      { title: 'a number', subject: exampleImage() },
      {
        title: 'a name that etc/passwd gives another uid than 0',
        subject: exampleImage({ config: { User: 'app' }, tree: { system: { passwd: PASSWD } } }),
      },
    ],
    bad: [
      { title: 'no USER at all', subject: exampleImage({ config: { User: '' } }) },
      { title: 'root with a group', subject: exampleImage({ config: { User: 'root:app' } }) },
      { title: 'the number of root', subject: exampleImage({ config: { User: '0:0' } }) },
      {
        title: 'another name of uid 0',
        subject: exampleImage({ config: { User: 'toor' }, tree: { system: { passwd: PASSWD } } }),
      },
    ],
  },
  check: (image) => {
    if (image.config.os === 'windows') return notApplicable('the image is one for Windows, which has no root');
    const user = userPartOf(image.config.config.User);
    if (isRoot(user)) return failOrPass([rootEvidence(image, user)]);
    if (isUid(user)) return PASS;
    const account = accountNamed(image, user);
    if (account?.uid === 0) return failOrPass([userEvidence(image, `the user ${user} has uid 0`)]);
    if (image.tree.incomplete !== undefined) return unknownBecause(image.tree.incomplete);
    return account === undefined ? unknownBecause(`etc/passwd does not say which uid ${user} has`) : PASS;
  },
};

/** Runtimes take the first line that has the name, also where it is malformed. */
const accountNamed = ({ tree: { system } }: InspectedImage, name: string) =>
  [...(system.passwd?.misread ?? []), ...(system.passwd?.accounts ?? [])].find((account) => account.name === name);

const userStep = ({ steps }: InspectedImage): BuildStep | undefined =>
  steps.findLast(({ keyword }) => keyword === 'USER');

const userEvidence = (image: InspectedImage, text: string) => configEvidence(text, userStep(image));

const rootEvidence = (image: InspectedImage, user: string) => {
  if (user !== '') return userEvidence(image, `USER ${image.config.config.User}`);
  // Who wrote the last stage says whom it runs as, also by saying nothing.
  const isSomeonesApp = image.steps.some(({ origin }) => origin === 'app');
  return { text: 'no user is set, so that it is root', origin: isSomeonesApp ? 'app' : 'unknown' } as const;
};
