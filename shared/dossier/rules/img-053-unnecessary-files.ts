/** IMG-053: files of somebody's desk. */
import { APP_LAYER, exampleImage, IN_APP } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';

const CLUTTER = {
  kind: 'clutter',
  path: 'srv/.DS_Store',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 6_148,
  ...IN_APP,
} as const;

export const unnecessaryFiles: ImageRule = {
  id: 'IMG-053',
  title: 'Files of a workstation are in the image',
  rationale:
    'Editors’ and desktops’ files name paths, people and unsaved text, and show that the build context is copied unsorted.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: [], others: ['dockle DKL-LI-0003'] },
  remediation: 'Name them in `.dockerignore`, or copy only the folders that the service needs.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      {
        title: 'one that a later layer deletes',
        subject: exampleImage({ tree: { notable: [{ ...CLUTTER, deletedBy: APP_LAYER }] } }),
      },
      {
        title: 'what belongs to a build, of which IMG-015 speaks',
        subject: exampleImage({ tree: { notable: [{ ...CLUTTER, kind: 'build-context', path: 'srv/.git' }] } }),
      },
    ],
    bad: [{ title: '.DS_Store', subject: exampleImage({ tree: { notable: [CLUTTER] } }) }],
  },
  check: (image) =>
    failOrPassByFiles(
      image,
      image.tree.notable
        .filter((file) => file.kind === 'clutter' && isPresent(file))
        .map((file) => fileEvidence(file, file.path)),
    ),
};
