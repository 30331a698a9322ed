/** IMG-003: a user that was written to be misread. */
import { exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule, notApplicable } from './image-rule.ts';
import { isNumeric, MAX_ID } from './image-user.ts';

export const craftedUser: ImageRule = {
  id: 'IMG-003',
  title: 'The user is written so that runtimes misread it',
  rationale:
    'Runtimes have taken numbers that do not fit into 32 bits for root or for a name in the image’s own etc/passwd, behind the back of `runAsNonRoot`. No build writes such a user by accident.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: true,
  references: {
    nist: ['3.1.5', '3.4.1', '4.1.5', '4.4.1'],
    cis: [],
    others: ['CVE-2024-40635', 'CVE-2026-46680'],
  },
  remediation:
    'Do not run this image; find out who built it. Update containerd to 1.7.32, 2.0.9, 2.2.4, 2.3.1 or later, and set `runAsUser` in pods.',
  examples: {
    good: [
      { title: 'a uid and a gid', subject: exampleImage({ config: { User: '65532:65532' } }) },
      { title: 'the largest uid', subject: exampleImage({ config: { User: '2147483647' } }) },
      { title: 'names', subject: exampleImage({ config: { User: 'app:web' } }) },
    ],
    bad: [
      { title: 'a uid that overflows', subject: exampleImage({ config: { User: '4294967296:1000' } }) },
      { title: 'a gid that overflows', subject: exampleImage({ config: { User: '1000:2147483648' } }) },
      { title: 'a sign', subject: exampleImage({ config: { User: '-1' } }) },
      { title: 'a space', subject: exampleImage({ config: { User: ' 1000' } }) },
      { title: 'a second colon', subject: exampleImage({ config: { User: '1000:1000:0' } }) },
      { title: 'a control character', subject: exampleImage({ config: { User: 'app\u0000' } }) },
    ],
  },
  check: ({ config: { os, config }, steps }) => {
    if (os === 'windows') return notApplicable('the image is one for Windows, where users are read otherwise');
    const step = steps.findLast(({ keyword }) => keyword === 'USER');
    return failOrPass(oddities(config.User).map((oddity) => configEvidence(oddity, step)));
  },
};

const oddities = (user: string): readonly string[] => {
  const parts = user.split(':', 3);
  const numbers = parts.filter(isNumeric);
  return [
    ...(numbers.some((part) => Math.abs(Number(part)) > MAX_ID) ? [`a number in USER is above ${MAX_ID}`] : []),
    ...(numbers.some((part) => /^[+-]/.test(part)) ? ['a number in USER has a sign'] : []),
    ...(parts.length > 2 ? ['USER has more than one colon'] : []),
    ...(/[\s\p{Cc}\p{Cf}]/u.test(user) ? ['USER has spaces or invisible characters'] : []),
  ];
};
