/** IMG-002: a user that only the image itself can turn into a number. */
import { exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule, notApplicable } from './image-rule.ts';
import { isNumeric, isRoot, userPartOf } from './image-user.ts';

export const namedUser: ImageRule = {
  id: 'IMG-002',
  title: 'The user is a name and not a number',
  rationale:
    'Kubernetes cannot tell from a name whether it is root: a pod with `runAsNonRoot` and no `runAsUser` does not start.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: ['4.1'], others: ['hadolint DL3066'] },
  remediation: 'Write the number of the user into the Dockerfile: `USER 10001:10001` instead of `USER app`.',
  examples: {
    good: [
      { title: 'a number and a group', subject: exampleImage() },
      { title: 'root, which is another rule’s', subject: exampleImage({ config: { User: 'root' } }) },
    ],
    bad: [{ title: 'a name', subject: exampleImage({ config: { User: 'app' } }) }],
  },
  check: ({ config: { os, config }, steps }) => {
    if (os === 'windows') return notApplicable('the image is one for Windows, where users have names');
    const user = userPartOf(config.User);
    if (isRoot(user)) return notApplicable('the image runs as root');
    const step = steps.findLast(({ keyword }) => keyword === 'USER');
    return failOrPass(isNumeric(user) ? [] : [configEvidence(`USER ${config.User}`, step)]);
  },
};
