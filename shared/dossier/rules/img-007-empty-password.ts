/** IMG-007: accounts that anyone may log in to. */
import { exampleImage, IN_BASE } from './example-image.ts';
import { failOrPassByFiles, type ImageRule, systemEvidence } from './image-rule.ts';

export const emptyPassword: ImageRule = {
  id: 'IMG-007',
  title: 'An account has an empty password',
  rationale:
    'Whoever runs anything in the container becomes that user with su or login, without knowing anything; for root that is the end of every other user.',
  severity: 'HIGH',
  class: 'privilege',
  confirmed: true,
  references: { nist: ['3.1.2', '4.1.2'], cis: [], others: ['dockle DKL-LI-0001', 'CVE-2019-5021'] },
  remediation: 'Lock the account in the Dockerfile: `RUN passwd -l NAME`, or put `!` into its password field.',
  examples: {
    good: [
      { title: 'no etc/shadow', subject: exampleImage() },
      {
        title: 'all accounts locked',
        subject: exampleImage({ tree: { system: { shadow: { emptyPasswords: [] } } } }),
      },
    ],
    bad: [
      {
        title: 'root, as Alpine had it once',
        subject: exampleImage({
          tree: { system: { shadow: { emptyPasswords: ['root'] } }, systemPlaces: { shadow: IN_BASE } },
        }),
      },
    ],
  },
  check: (image) => {
    const { shadow, passwd } = image.tree.system;
    return failOrPassByFiles(image, [
      ...(shadow?.emptyPasswords ?? []).map((name) =>
        systemEvidence(image, 'shadow', 'etc/shadow', `${name} has an empty password`),
      ),
      // Only an `x` there refers to etc/shadow.
      ...(passwd?.emptyPasswords ?? []).map((name) =>
        systemEvidence(image, 'passwd', 'etc/passwd', `${name} has an empty password`),
      ),
    ]);
  },
};
