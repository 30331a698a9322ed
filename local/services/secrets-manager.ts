/** Secrets Manager: secrets with versions, of which one is AWSCURRENT and the one before it AWSPREVIOUS. */
import { randomBytes, randomUUID } from 'node:crypto';
import * as schemas from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../shared/base/clock.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Checked, LocalService } from '../endpoint/local-service.ts';
import { SECRETS_MANAGER_CONSTRAINTS } from './secrets-manager-constraints.ts';

export interface SecretsManagerOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

type SecretValue = Pick<schemas.PutSecretValueRequest, 'SecretString' | 'SecretBinary' | 'ClientRequestToken'>;

interface Version {
  readonly id: string;
  readonly value: SecretValue;
  readonly createdAt: Date;
  readonly stages: Set<string>;
}

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly createdAt: Date;
  readonly versions: Map<string, Version>;
}

export interface SecretsManager extends LocalService {
  /** A secret as a template describes it, under the ARN that the template's other resources name. */
  readonly provision: (secret: {
    readonly name: string;
    readonly arn: string;
    readonly text: string | undefined;
  }) => void;
}

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

const versionWith = ({ versions }: Secret, stage: string): Version | undefined =>
  [...versions.values()].find(({ stages }) => stages.has(stage));

/** A stage is on one version at a time; the version that loses AWSCURRENT becomes AWSPREVIOUS. */
const moveStage = (secret: Secret, stage: string, to: Version): void => {
  const from = versionWith(secret, stage);
  from?.stages.delete(stage);
  to.stages.add(stage);
  if (stage === CURRENT && from !== undefined && from !== to) moveStage(secret, PREVIOUS, from);
};

const putVersion = (secret: Secret, value: SecretValue, stages: readonly string[], createdAt: Date): Version => {
  const id = value.ClientRequestToken ?? randomUUID();
  const version = secret.versions.get(id) ?? { id, value, createdAt, stages: new Set<string>() };
  secret.versions.set(id, version);
  for (const stage of stages) moveStage(secret, stage, version);
  return version;
};

export const createSecretsManager = ({ clock, account, region }: SecretsManagerOptions): SecretsManager => {
  const secrets = new Map<string, Secret>();

  const find = (id: string): Secret => {
    // An ARN ends in a hyphen and six characters of its own, which a caller may leave out.
    const secret = [...secrets.values()].find(({ arn, name }) => [name, arn, arn.slice(0, -7)].includes(id));
    if (secret !== undefined) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  };

  const hasValue = (value: SecretValue): boolean =>
    value.SecretString !== undefined || value.SecretBinary !== undefined;

  const add = (name: string, arn: string, description: string | undefined): Secret => {
    const secret = { arn, name, description, createdAt: clock.now(), versions: new Map() };
    secrets.set(name, secret);
    return secret;
  };

  const create = (input: Checked<schemas.CreateSecretRequest>): schemas.CreateSecretResponse => {
    if (secrets.has(input.Name)) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${input.Name} exists.`);
    }
    const suffix = randomBytes(3).toString('hex');
    const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${input.Name}-${suffix}`;
    const secret = add(input.Name, arn, input.Description);
    const version = hasValue(input) ? putVersion(secret, input, [CURRENT], secret.createdAt) : undefined;
    return { ARN: arn, Name: input.Name, VersionId: version?.id };
  };

  const put = (input: Checked<schemas.PutSecretValueRequest>): schemas.PutSecretValueResponse => {
    const secret = find(input.SecretId);
    if (!hasValue(input)) {
      throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    const version = putVersion(secret, input, input.VersionStages ?? [CURRENT], clock.now());
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
  };

  const get = (input: Checked<schemas.GetSecretValueRequest>): schemas.GetSecretValueResponse => {
    const secret = find(input.SecretId);
    const stage = input.VersionStage ?? CURRENT;
    const version = input.VersionId === undefined ? versionWith(secret, stage) : secret.versions.get(input.VersionId);
    if (version === undefined) {
      const which = input.VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${input.VersionId}`;
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for ${which}`,
      );
    }
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      SecretString: version.value.SecretString,
      SecretBinary: version.value.SecretBinary,
      VersionStages: [...version.stages],
      CreatedDate: version.createdAt,
    };
  };

  const describe = (input: Checked<schemas.DescribeSecretRequest>): schemas.DescribeSecretResponse => {
    const secret = find(input.SecretId);
    const stages = [...secret.versions].map(([id, version]): [string, string[]] => [id, [...version.stages]]);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Description: secret.description,
      CreatedDate: secret.createdAt,
      LastChangedDate: [...secret.versions.values()].at(-1)?.createdAt ?? secret.createdAt,
      VersionIdsToStages: Object.fromEntries(stages),
    };
  };

  return {
    provision: ({ name, arn, text }) => {
      const secret = add(name, arn, undefined);
      if (text !== undefined) putVersion(secret, { SecretString: text }, [CURRENT], secret.createdAt);
    },
    name: 'secretsmanager',
    client: { schemas, config: new schemas.SecretsManagerClient({ region }).config },
    invalidInputCode: 'ValidationException',
    constraints: SECRETS_MANAGER_CONSTRAINTS,
    handlers: { CreateSecret: create, PutSecretValue: put, GetSecretValue: get, DescribeSecret: describe },
  };
};
