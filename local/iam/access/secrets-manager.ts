/** What Secrets Manager calls need: each acts on a secret, which a request may name in three ways. */
import { arnOf, isArn, type OperationTable, type Place, sameFor, textAt } from './required.ts';

/** The six characters that Secrets Manager adds to a name; policies that know only the name leave room for them. */
const ANY_SUFFIX = '-??????';
const SUFFIX_LENGTH = ANY_SUFFIX.length;

const secretOf = (id: string | undefined, place: Place): string => {
  if (id === undefined) return '*';
  const known = place.secrets.find(({ arn }) => [arn, arn.slice(0, -SUFFIX_LENGTH)].includes(fullId(id, place)));
  if (known !== undefined) return known.arn;
  return isArn(id) ? id : `${fullId(id, place)}${ANY_SUFFIX}`;
};

/** A name is that of a secret in the Region of the request. */
const fullId = (id: string, place: Place): string => (isArn(id) ? id : arnOf('secretsmanager', place, `secret:${id}`));

const ON_SECRET = [
  'CancelRotateSecret',
  'DeleteSecret',
  'DescribeSecret',
  'GetResourcePolicy',
  'GetSecretValue',
  'ListSecretVersionIds',
  'PutSecretValue',
  'RestoreSecret',
  'RotateSecret',
  'TagResource',
  'UntagResource',
  'UpdateSecret',
  'UpdateSecretVersionStage',
];

export const SECRETS_MANAGER: OperationTable = {
  ...sameFor('secretsmanager', ON_SECRET, (input, place) => [secretOf(textAt(input, 'SecretId'), place)]),
  ...sameFor('secretsmanager', ['CreateSecret'], (input, place) => [secretOf(textAt(input, 'Name'), place)]),
};
