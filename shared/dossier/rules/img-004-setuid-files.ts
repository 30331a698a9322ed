/** IMG-004: programs that run with their owner's rights, whoever starts them. */

import type { NotableFile } from '../../layer/layer-report.ts';
import type { Fate } from '../inspected-image.ts';
import { exampleImage, IN_APP, IN_BASE } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';
import { isShellOrInterpreter } from './program-names.ts';

/** What distributions ship with the bit, in the folders where they ship it. */
const USUAL =
  /^(?:usr\/)?s?bin\/(?:chage|chfn|chsh|expiry|gpasswd|mount|newgrp|passwd|ping6?|ssh-agent|su|umount|unix_chkpwd|wall|write)$/;

const PROGRAM = { kind: 'setuid', mode: 0o4755, uid: 0, gid: 0, size: 40_000, detail: 'setuid' } as const;

export const setuidFiles: ImageRule = {
  id: 'IMG-004',
  title: 'The image has unusual setuid or setgid programs',
  rationale:
    'A setuid program runs with the rights of its owner, usually root: a flaw in it makes root of any user in the container. Those that every distribution ships are not counted.',
  severity: 'LOW',
  class: 'privilege',
  confirmed: true,
  references: { nist: ['3.1.2', '4.1.2'], cis: ['4.8'], others: ['dockle CIS-DI-0008'] },
  remediation:
    'Take the bits away in the layer that brings the files (`RUN chmod a-s /usr/bin/tool`), and run containers with no-new-privileges, with which they have no effect.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      {
        title: 'the base image’s su',
        subject: exampleImage({ tree: { notable: [{ ...PROGRAM, ...IN_BASE, path: 'usr/bin/su' }] } }),
      },
    ],
    bad: [
      {
        title: 'a tool that the base image brings',
        subject: exampleImage({ tree: { notable: [{ ...PROGRAM, ...IN_BASE, path: 'usr/bin/tool' }] } }),
      },
      {
        title: 'a tool that the app adds',
        subject: exampleImage({ tree: { notable: [{ ...PROGRAM, ...IN_APP, path: 'opt/tool' }] } }),
        severity: 'MEDIUM',
      },
      {
        title: 'a shell',
        subject: exampleImage({ tree: { notable: [{ ...PROGRAM, ...IN_APP, path: 'opt/.cache/bash' }] } }),
        severity: 'HIGH',
      },
    ],
  },
  check: (image) => {
    const files = image.tree.notable
      .filter((file) => file.kind === 'setuid' && isPresent(file) && !USUAL.test(file.path))
      .toSorted((one, other) => rank(other) - rank(one));
    const worst = files[0] === undefined ? 0 : rank(files[0]);
    return failOrPassByFiles(
      image,
      files.map((file) => fileEvidence(file, file.path, `${file.path} (${file.detail ?? 'setuid or setgid'})`)),
      { severity: worst === 2 ? 'HIGH' : worst === 1 ? 'MEDIUM' : 'LOW' },
    );
  },
};

const rank = (file: NotableFile & Fate): 0 | 1 | 2 => {
  if (isShellOrInterpreter(file.path)) return 2;
  return file.origin === 'app' ? 1 : 0;
};
