/** IMG-013: secrets that a later layer deletes, and that are still there. */
import type { FoundSecret } from '../../layer/layer-report.ts';
import { APP_LAYER, exampleImage, IN_APP, IN_BASE } from './example-image.ts';
import { type ImageRule, isPresent } from './image-rule.ts';
import { verdictOfSecretFiles } from './secret-files.ts';

const KEY = { kind: 'private-key', path: 'root/.ssh/id_rsa', fingerprint: '0'.repeat(32) } as const;

export const deletedSecret: ImageRule = {
  id: 'IMG-013',
  title: 'A deleted file with a secret is still in a layer',
  rationale:
    'A layer is never changed: deleting a file in a later one hides it from the container, but whoever can pull the image unpacks the earlier layer and has the secret.',
  severity: 'CRITICAL',
  class: 'secret',
  confirmed: true,
  references: { nist: ['3.1.4', '4.1.4'], cis: ['4.10'], others: ['dockle CIS-DI-0010'] },
  remediation:
    'Revoke the secret and issue a new one. Build in a stage that is thrown away, or with a secret mount, so that no layer ever holds it; then delete the tags and digests that do.',
  examples: {
    good: [
      { title: 'no secrets', subject: exampleImage() },
      {
        title: 'a secret that is not deleted, which is another rule’s',
        subject: exampleImage({ tree: { secrets: [{ ...KEY, ...IN_APP }] } }),
      },
    ],
    bad: [
      {
        title: 'a private key, deleted but recoverable',
        subject: exampleImage({ tree: { secrets: [{ ...KEY, ...IN_BASE, deletedBy: APP_LAYER }] } }),
      },
      {
        title: 'only the name of a file with secrets',
        subject: exampleImage({
          tree: {
            notable: [
              {
                ...IN_BASE,
                kind: 'secret-name',
                path: 'root/.netrc',
                mode: 0o600,
                uid: 0,
                gid: 0,
                size: 60,
                deletedBy: APP_LAYER,
              },
            ],
          },
        }),
        severity: 'LOW',
      },
    ],
  },
  check: (image) => {
    // A file that a later layer wrote anew with the same secret in it is not deleted.
    const stillThere = new Set(image.tree.secrets.filter(isPresent).map(identity));
    return verdictOfSecretFiles(
      image,
      (file, secret) => !isPresent(file) && !(secret && stillThere.has(identity(secret))),
      ', deleted by a later layer and recoverable from this one',
    );
  },
};

const identity = ({ kind, path, fingerprint }: FoundSecret): string => `${kind} ${fingerprint} ${path}`;
