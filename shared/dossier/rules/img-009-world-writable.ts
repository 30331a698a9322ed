/** IMG-009: what every user of the container may change. */
import { exampleImage, IN_APP, IN_BASE } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';

const PROGRAM = { kind: 'world-writable', mode: 0o777, uid: 0, gid: 0, size: 9_000, path: 'srv/app' } as const;

export const worldWritable: ImageRule = {
  id: 'IMG-009',
  title: 'Everybody may change programs, directories or system files',
  rationale:
    'An attacker with the rights of any user in the container puts own code where others run it, or makes an account root.',
  severity: 'LOW',
  class: 'privilege',
  confirmed: true,
  references: { nist: ['4.1.2', '4.4.4'], cis: [], others: [] },
  remediation:
    'Let root own the code and nobody else write it (`COPY --chown=0:0 --chmod=755`); give the app one directory to write to, and mount the root file system read-only.',
  examples: {
    good: [
      { title: 'nothing', subject: exampleImage() },
      {
        title: 'a program that a later layer replaced',
        subject: exampleImage({ tree: { notable: [{ ...PROGRAM, ...IN_BASE, deletedBy: IN_APP.layer }] } }),
      },
    ],
    bad: [
      { title: 'the app itself', subject: exampleImage({ tree: { notable: [{ ...PROGRAM, ...IN_APP }] } }) },
      {
        title: 'etc/passwd',
        subject: exampleImage({
          tree: {
            notable: [{ ...PROGRAM, ...IN_APP, kind: 'writable-system-file', path: 'etc/passwd', mode: 0o664 }],
          },
        }),
      },
    ],
  },
  check: (image) => {
    const present = image.tree.notable.filter(isPresent);
    const files = (['writable-system-file', 'world-writable'] as const).flatMap((kind) =>
      present.filter((file) => file.kind === kind),
    );
    return failOrPassByFiles(
      image,
      files.map((file) =>
        fileEvidence(file, file.path, `${file.path} has mode ${file.mode.toString(8).padStart(4, '0')}`),
      ),
    );
  },
};
