import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
  MalformedPolicyDocumentException,
  NoSuchEntityException,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessKeyOf } from '../../../../local/call-log.ts';
import { createEndpoint } from '../../../../local/endpoint/endpoint.ts';
import { type AccessControl, createAccessControl } from '../../../../local/iam/access-control.ts';
import { createIam } from '../../../../local/services/iam/iam.ts';
import { createSts } from '../../../../local/services/sts.ts';
import { ACCOUNT, OWN_DOCUMENT, QUEUE, REGION, ROLE, TEMPLATE } from '../../iam/template.ts';

let access: AccessControl;
let server: Server;
let iam: IAMClient;
let asFunction: { readonly iam: IAMClient; readonly sts: STSClient };
beforeAll(async () => {
  access = createAccessControl({ template: TEMPLATE, account: ACCOUNT, region: REGION });
  const clock = { now: () => new Date('2026-03-01T10:00:00.000Z') };
  const services = [
    createIam({ clock, region: REGION, roles: access }),
    createSts({ account: ACCOUNT, region: REGION }),
  ];
  const endpoint = createEndpoint({ services, authorize: access.authorize });
  server = createServer((request, response) => void endpoint.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = (accessKeyId: string) => ({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: REGION,
    credentials: { accessKeyId, secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  iam = new IAMClient(client('AKIDUSER'));
  asFunction = { iam: new IAMClient(client(accessKeyOf('worker'))), sts: new STSClient(client(accessKeyOf('worker'))) };
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const RoleName = 'worker-role';
const put = (PolicyName: string, document: unknown) =>
  iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }));
const maySend = (): boolean => access.allows('worker', 'sqs:SendMessage', QUEUE);

describe('an operator', () => {
  it('sees the role', async () => {
    expect((await iam.send(new GetRoleCommand({ RoleName }))).Role).toEqual({
      Path: '/gate/',
      RoleName,
      RoleId: expect.stringMatching(/^AROA[0-9A-F]{17}$/),
      Arn: ROLE,
      CreateDate: new Date('2026-03-01T10:00:00.000Z'),
    });
  });

  it('finds the roles of the template by their names', async () => {
    const { Roles = [], IsTruncated } = await iam.send(new ListRolesCommand({}));
    expect(Roles.map((role) => role.RoleName)).toContain(RoleName);
    expect(IsTruncated).toBe(false);
    expect((await iam.send(new ListRolesCommand({ PathPrefix: '/elsewhere/' }))).Roles).toEqual([]);
  });

  it('reads its policies by pages', async () => {
    const first = await iam.send(new ListRolePoliciesCommand({ RoleName, MaxItems: 1 }));
    expect(first).toMatchObject({ PolicyNames: ['Own'], IsTruncated: true });
    const second = await iam.send(new ListRolePoliciesCommand({ RoleName, MaxItems: 1, Marker: first.Marker }));
    expect(second).toMatchObject({ PolicyNames: ['Default'], IsTruncated: false });
    await expect(iam.send(new ListRolesCommand({ MaxItems: 0 }))).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('sees its policies and what they say, percent-encoded', async () => {
    expect(await iam.send(new ListRolePoliciesCommand({ RoleName }))).toMatchObject({
      PolicyNames: ['Own', 'Default'],
      IsTruncated: false,
    });
    const answer = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'Own' }));
    expect(answer).toMatchObject({ RoleName, PolicyName: 'Own' });
    expect(answer.PolicyDocument).toMatch(/^%7B%22Version%22%3A%222012-10-17%22%2C/);
    expect(JSON.parse(decodeURIComponent(answer.PolicyDocument ?? ''))).toEqual(OWN_DOCUMENT);
  });

  it('takes a right away and gives it back, at once', async () => {
    expect(maySend()).toBe(true);
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'Own' }));
    expect(maySend()).toBe(false);
    await put('Again & <again>', OWN_DOCUMENT);
    expect(maySend()).toBe(true);
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([
      'Default',
      'Again & <again>',
    ]);
  });

  it('gets a document back byte for byte, whatever characters it has', async () => {
    const PolicyDocument =
      '{ "Statement": { "Sid": "a", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::(it\'s)!/*" } }';
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Odd', PolicyDocument }));
    const answer = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'Odd' }));
    expect(answer.PolicyDocument).not.toMatch(/[!'()*]/);
    expect(decodeURIComponent(answer.PolicyDocument ?? '')).toBe(PolicyDocument);
  });
});

describe('IAM says NoSuchEntity', () => {
  it.each([
    ['for a role', () => iam.send(new GetRoleCommand({ RoleName: 'nobody' }))],
    ['for the policies of a role', () => iam.send(new ListRolePoliciesCommand({ RoleName: 'nobody' }))],
    ['for a policy', () => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'none' }))],
    ['for a policy to delete', () => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'none' }))],
  ])('%s that is not there', async (_title, send) => {
    const error = await send().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(NoSuchEntityException);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });
});

describe('IAM refuses a policy', () => {
  const allowed = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
  it.each<[string, string]>([
    ['that is not JSON', '{'],
    ['without statements', '{}'],
    ['of another version', JSON.stringify({ Version: '2020-01-01', Statement: allowed })],
    ['with an effect that is none', JSON.stringify({ Statement: { ...allowed, Effect: 'Maybe' } })],
    ['with an element that is none', JSON.stringify({ Statement: { ...allowed, Actions: 'sqs:*' } })],
    ['with a principal', JSON.stringify({ Statement: { ...allowed, Principal: '*' } })],
    ['without actions', JSON.stringify({ Statement: { Effect: 'Allow', Resource: '*' } })],
    ['without resources', JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sqs:*' } })],
    ['with Action and NotAction', JSON.stringify({ Statement: { ...allowed, NotAction: 'sqs:*' } })],
    ['with Resource and NotResource', JSON.stringify({ Statement: { ...allowed, NotResource: 'arn:aws:s3:::a' } })],
    ['with an action of no service', JSON.stringify({ Statement: { ...allowed, Action: 'SendMessage' } })],
    ['with a resource that is no ARN', JSON.stringify({ Statement: { ...allowed, Resource: 'work' } })],
  ])('%s', async (_title, PolicyDocument) => {
    const sent = iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Bad', PolicyDocument }));
    await expect(sent).rejects.toBeInstanceOf(MalformedPolicyDocumentException);
  });

  it('of which it cannot say what it would allow', async () => {
    const sent = put('Bad', { Statement: { ...allowed, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } } });
    await expect(sent).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'The local runtime does not implement the condition operator IpAddress.',
    });
  });

  it('without a name', async () => {
    await expect(put('', { Statement: allowed })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('a function', () => {
  it('may not give itself rights', async () => {
    await expect(asFunction.iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/worker-role/worker is not authorized to perform: iam:GetRole on resource: * because no identity-based policy allows the iam:GetRole action`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('may ask who it is', async () => {
    expect((await asFunction.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
  });
});
