/** AWS access keys: the id by its form, the secret by the name before it or by an id beside it. */
import { ALONE, BETWEEN, type Detector, ENDED } from '../detector.ts';
import { isRandom } from '../plausible.ts';

const ID = new RegExp(`${ALONE}(?:AKIA|ASIA)(?<random>[A-Z2-7]{16})${ENDED}`, 'y');

/** Base64 without padding; digests in hex and words are told from it by their characters. */
const SECRET = '[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])';
const STANDING_ALONE = new RegExp(`(?<![A-Za-z0-9/+_-])${SECRET}`, 'g');
const isSecret = (value: string): boolean =>
  /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && isRandom(value, 4.2);

/** Characters before and after an id in which its secret is looked for. */
const BESIDE = 200;

export const AWS_KEYS: readonly Detector[] = [
  {
    kind: 'aws-access-key',
    recognised: '`AKIA…` and `ASIA…` with 16 characters of Base32',
    anchors: ['AKIA', 'ASIA'],
    form: ID,
    proven: true,
    secretsIn: ({ match }) => (isRandom(match.groups?.random ?? '', 2.8) ? [match[0]] : []),
  },
  {
    kind: 'aws-secret-key',
    recognised: '40 characters of Base64 near an access key id',
    anchors: ['AKIA', 'ASIA'],
    form: ID,
    proven: true,
    secretsIn: ({ text, start, match }) =>
      isRandom(match.groups?.random ?? '', 2.8)
        ? (text
            .slice(Math.max(0, start - BESIDE), start + BESIDE)
            .match(STANDING_ALONE)
            ?.filter(isSecret) ?? [])
        : [],
  },
  {
    kind: 'aws-secret-key',
    recognised: 'the same after `aws_secret_access_key`, `secretAccessKey` and their likes',
    anchors: [
      'secret_access_key',
      'SECRET_ACCESS_KEY',
      'secretAccessKey',
      'SecretAccessKey',
      'secret-access-key',
      'aws_secret_key',
      'AWS_SECRET_KEY',
      'awsSecretKey',
    ],
    form: new RegExp(`[A-Za-z_-]{12,20}${BETWEEN}(?<secret>${SECRET})`, 'y'),
    proven: false,
    secretsIn: ({ match }) => (match.groups?.secret ?? '').split(' ').filter(isSecret),
  },
];
