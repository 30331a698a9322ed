/** IMG-015: a build context that was copied as a whole. */
import { exampleImage, IN_APP } from './example-image.ts';
import { failOrPassByFiles, fileEvidence, type ImageRule, isPresent, systemEvidence } from './image-rule.ts';

/** Packages bring their own. */
const IN_PACKAGES = /(?:^|\/)(?:node_modules|vendor|site-packages|dist-packages)\//;

const GIT = { kind: 'build-context', mode: 0o755, uid: 0, gid: 0, size: 0, path: 'srv/.git' } as const;

export const buildContext: ImageRule = {
  id: 'IMG-015',
  title: 'Files of the build are in the image',
  rationale:
    'A repository’s history, CI settings and local environment files tell an attacker how the app is built, and often hold what nobody meant to ship.',
  severity: 'LOW',
  class: 'surface',
  confirmed: true,
  references: { nist: ['3.1.4', '4.1.2', '4.1.4'], cis: ['4.10'], others: ['dockle DKL-LI-0003'] },
  remediation:
    'List them in .dockerignore, or build in one stage and copy only what runs into the last one. Revoke credentials that stood in .git/config.',
  examples: {
    good: [
      { title: 'none', subject: exampleImage() },
      {
        title: 'a Dockerfile inside a package',
        subject: exampleImage({
          tree: { notable: [{ ...GIT, ...IN_APP, path: 'srv/node_modules/pkg/Dockerfile' }] },
        }),
      },
    ],
    bad: [
      { title: 'a repository', subject: exampleImage({ tree: { notable: [{ ...GIT, ...IN_APP }] } }) },
      {
        title: 'a repository whose remote has a password',
        subject: exampleImage({
          tree: {
            notable: [{ ...GIT, ...IN_APP }],
            system: { gitConfigs: [{ path: 'srv/.git/config', urlWithCredentials: true }] },
            systemPlaces: { gitConfigs: IN_APP },
          },
        }),
        severity: 'MEDIUM',
      },
    ],
  },
  check: (image) => {
    const { notable, system } = image.tree;
    const remotes = (system.gitConfigs ?? []).filter(({ urlWithCredentials }) => urlWithCredentials);
    return failOrPassByFiles(
      image,
      [
        ...remotes.map(({ path }) =>
          systemEvidence(image, 'gitConfigs', path, `the URL of a remote in ${path} has credentials`),
        ),
        ...notable
          .filter((file) => file.kind === 'build-context' && isPresent(file) && !IN_PACKAGES.test(file.path))
          .map((file) => fileEvidence(file, file.path)),
      ],
      { severity: remotes.length > 0 ? 'MEDIUM' : 'LOW' },
    );
  },
};
