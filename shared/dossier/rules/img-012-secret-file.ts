/** IMG-012: secrets in the files of the finished image. */
import { exampleImage, IN_APP } from './example-image.ts';
import { type ImageRule, isPresent } from './image-rule.ts';
import { verdictOfSecretFiles } from './secret-files.ts';

const KEY = { kind: 'private-key', path: 'root/.ssh/id_rsa', fingerprint: '0'.repeat(32) } as const;
const NAMED = { kind: 'secret-name', mode: 0o600, uid: 0, gid: 0, size: 60, path: 'root/.npmrc' } as const;

export const secretFile: ImageRule = {
  id: 'IMG-012',
  title: 'A file holds a secret',
  rationale: 'Whoever can pull the image, and whoever takes over a container of it, has the secret.',
  severity: 'CRITICAL',
  class: 'secret',
  confirmed: true,
  references: { nist: ['3.1.4', '4.1.4'], cis: ['4.10'], others: ['dockle CIS-DI-0010'] },
  remediation:
    'Revoke the secret and issue a new one. Keep the file out of the build with .dockerignore, or give it to the build as a secret mount; rebuild, and delete the tags and digests that hold it.',
  examples: {
    good: [
      { title: 'no secrets', subject: exampleImage() },
      {
        title: 'an example in a package, by its name alone',
        subject: exampleImage({
          tree: { notable: [{ ...NAMED, ...IN_APP, path: 'srv/node_modules/pkg/test/.npmrc' }] },
        }),
      },
    ],
    bad: [
      { title: 'a private key', subject: exampleImage({ tree: { secrets: [{ ...KEY, ...IN_APP }] } }) },
      {
        title: 'the hash of a password',
        subject: exampleImage({
          tree: { secrets: [{ ...KEY, ...IN_APP, kind: 'password-hash', path: 'etc/shadow' }] },
        }),
        severity: 'HIGH',
      },
      {
        title: 'a name under which secrets are kept',
        subject: exampleImage({ tree: { notable: [{ ...NAMED, ...IN_APP }] } }),
        severity: 'LOW',
      },
    ],
  },
  check: (image) => verdictOfSecretFiles(image, isPresent, ''),
};
