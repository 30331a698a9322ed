/** IAM as far as an operator needs it to give and take a role's rights while everything runs. */
import { createHash } from 'node:crypto';
import * as schemas from '@aws-sdk/client-iam';
import type { Clock } from '../../../shared/base/clock.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import { noSuchEntity, type Role, type Roles } from '../../iam/roles.ts';
import { pageOf } from '../page.ts';
import { textsAt } from '../values-at.ts';

export interface IamOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly roles: Pick<Roles, 'all' | 'role' | 'inlinePolicies' | 'putPolicy' | 'deletePolicy'>;
}

const INVALID = 'ValidationError';

/** The endpoint has checked that it is there; no name and no document is empty. */
const required = (input: object, name: string): string => {
  const [value] = textsAt(input, name);
  if (value) return value;
  throw new AwsError(INVALID, `1 validation error detected: Value at '${name}' failed to satisfy constraint`, {
    status: 400,
  });
};

/** As AWS gives policy documents back: percent-encoded by RFC 3986, which has fewer characters that may stay. */
const encoded = (document: string): string =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

interface PageInput {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

const pageAt = <T>(all: readonly T[], { Marker, MaxItems = 100 }: PageInput) => {
  if (MaxItems < 1 || MaxItems > 1000)
    throw new AwsError(INVALID, `Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: between 1 and 1000`);
  const { items, nextToken } = pageOf(all, MaxItems, Marker, INVALID);
  return { items, IsTruncated: nextToken !== undefined, ...(nextToken !== undefined && { Marker: nextToken }) };
};

const ROLE_IN_ARN = ':role';

/** Of `arn:aws:iam::ACCOUNT:role/PATH/NAME`, with the slashes at both ends. */
const pathOf = (arn: string, name: string): string =>
  arn.slice(arn.indexOf(ROLE_IN_ARN) + ROLE_IN_ARN.length, -name.length);

const idOf = (arn: string): string =>
  `AROA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`;

export const createIam = ({ clock, region, roles }: IamOptions): LocalService => {
  const createdAt = clock.now();

  const described = ({ name, arn }: Role): schemas.Role => ({
    Path: pathOf(arn, name),
    RoleName: name,
    RoleId: idOf(arn),
    Arn: arn,
    CreateDate: createdAt,
  });

  const getRole = (input: object): schemas.GetRoleResponse => ({
    Role: described(roles.role(required(input, 'RoleName'))),
  });

  const listRoles = ({ PathPrefix = '/', ...page }: Checked<schemas.ListRolesRequest>): schemas.ListRolesResponse => {
    const { items, ...next } = pageAt(
      roles.all().filter(({ name, arn }) => pathOf(arn, name).startsWith(PathPrefix)),
      page,
    );
    return { Roles: items.map(described), ...next };
  };

  const listRolePolicies = ({
    RoleName,
    ...page
  }: Checked<schemas.ListRolePoliciesRequest>): schemas.ListRolePoliciesResponse => {
    const { items, ...next } = pageAt(roles.inlinePolicies(RoleName), page);
    return { PolicyNames: items.map(({ name }) => name), ...next };
  };

  const getRolePolicy = (input: object): schemas.GetRolePolicyResponse => {
    const [roleName, policyName] = [required(input, 'RoleName'), required(input, 'PolicyName')];
    const policy = roles.inlinePolicies(roleName).find(({ name }) => name === policyName);
    if (policy === undefined) throw noSuchEntity(`The role policy with name ${policyName} cannot be found.`);
    return { RoleName: roleName, PolicyName: policyName, PolicyDocument: encoded(policy.document) };
  };

  const putRolePolicy = (input: object): object => {
    roles.putPolicy(required(input, 'RoleName'), required(input, 'PolicyName'), required(input, 'PolicyDocument'));
    return {};
  };

  const deleteRolePolicy = (input: object): object => {
    roles.deletePolicy(required(input, 'RoleName'), required(input, 'PolicyName'));
    return {};
  };

  return {
    name: 'iam',
    client: { schemas, config: new schemas.IAMClient({ region }).config },
    invalidInputCode: INVALID,
    handlers: {
      ListRoles: listRoles,
      GetRole: getRole,
      ListRolePolicies: listRolePolicies,
      GetRolePolicy: getRolePolicy,
      PutRolePolicy: putRolePolicy,
      DeleteRolePolicy: deleteRolePolicy,
    },
  };
};
