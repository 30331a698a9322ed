import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ECRClient, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { createEndpoint } from '../../../local/endpoint/endpoint.ts';
import { type LocalFront, startFront } from '../services/local-front.ts';

let front: LocalFront;
beforeAll(async () => {
  front = await startFront({
    authorize: ({ accessKeyId, service, operation }) => {
      if (accessKeyId !== 'AKIDDENIED') return;
      throw new AwsError('AccessDeniedException', `not authorized to perform: ${service}:${operation}`);
    },
  });
});
afterAll(() => front.close());
beforeEach(() => {
  front.calls.length = 0;
});

const signedFor = (service: string, accessKeyId = 'AKIDLOCAL'): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260301/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const post = async (path: string, headers: Record<string, string>, body: string): Promise<[number, string]> => {
  const response = await fetch(`http://${front.host}${path}`, { method: 'POST', headers, body });
  return [response.status, await response.text()];
};

const importWith = (body: string): Promise<[number, string]> =>
  post('/findings/import', { authorization: signedFor('securityhub'), 'content-type': 'application/json' }, body);

const secretsCall = (operation: string, body: string): Promise<[number, string]> =>
  post('/', { authorization: signedFor('secretsmanager'), 'x-amz-target': `secretsmanager.${operation}` }, body);

describe('errors', () => {
  it('reach the SDK as the exception classes of the model', async () => {
    const client = new SecretsManagerClient(front.client);
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'nope' }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });

  it('say of an operation that is not written that it is not, with 501', async () => {
    const call = new ECRClient(front.client).send(new GetLifecyclePolicyCommand({ repositoryName: 'team/app' }));
    await expect(call).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'The local runtime does not implement ecr GetLifecyclePolicy.',
      $metadata: { httpStatusCode: 501 },
    });
  });

  it('come as XML to who speaks the query protocol', async () => {
    const call = new STSClient(front.client).send(new AssumeRoleCommand({ RoleArn: 'a', RoleSessionName: 'b' }));
    await expect(call).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
  });

  it.each([
    ['a service that is not here', signedFor('glacier'), 501, 'the service glacier'],
    ['a request without a signature', '', 403, 'MissingAuthenticationToken'],
    ['a path of no operation', signedFor('securityhub'), 404, 'no operation POST /nowhere'],
    ['a target of no operation', signedFor('ecr'), 400, 'UnknownOperationException'],
  ])('are clear for %s', async (_, authorization, status, words) => {
    const [actual, body] = await post('/nowhere', authorization === '' ? {} : { authorization }, '{}');
    expect(actual).toBe(status);
    expect(body).toContain(words);
  });

  it('say in XML to a form that the service is not here', async () => {
    const form = { authorization: signedFor('rds'), 'content-type': 'application/x-www-form-urlencoded' };
    const [status, body] = await post('/', form, 'Action=DescribeDBInstances');
    expect(status).toBe(501);
    expect(body).toMatch(/^<ErrorResponse><Error>.*<Code>NotImplemented<\/Code>/);
  });
});

describe('the check of a request', () => {
  const finding = {
    SchemaVersion: '2018-10-08',
    Id: 'id',
    ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
    GeneratorId: 'generator',
    AwsAccountId: '111122223333',
    CreatedAt: '2026-03-01T10:00:00Z',
    UpdatedAt: '2026-03-01T10:00:00Z',
    Title: 'title',
    Description: 'description',
    Resources: [{ Type: 'Other', Id: 'resource' }],
  };
  it.each([
    [
      'a required member that is missing',
      { Findings: [{ ...finding, Title: undefined }] },
      'Findings[0].Title: Member must not be null',
    ],
    [
      'a member that the service does not know',
      { Findings: [{ ...finding, Bogus: 1 }] },
      'Findings[0].Bogus: unknown member',
    ],
    ['a list that is none', { Findings: [{ ...finding, Resources: 'x' }] }, 'Findings[0].Resources: expected a list'],
    ['a text that is a number', { Findings: [{ ...finding, Title: 7 }] }, 'Findings[0].Title: expected a string'],
    [
      'a number that is a text',
      { Findings: [{ ...finding, Confidence: '7' }] },
      'Findings[0].Confidence: expected a number',
    ],
    [
      'a yes or no that is a text',
      { Findings: [{ ...finding, Sample: 'true' }] },
      'Findings[0].Sample: expected a boolean',
    ],
    [
      'a map that is a text',
      { Findings: [{ ...finding, ProductFields: 'x' }] },
      'Findings[0].ProductFields: expected a map',
    ],
    [
      'a text in a map that is a number',
      { Findings: [{ ...finding, ProductFields: { a: 1 } }] },
      'Findings[0].ProductFields.a: expected a string',
    ],
    ['a body that is a list', [], 'input: expected a structure'],
  ])('refuses %s', async (_, body, words) => {
    const [status, text] = await importWith(JSON.stringify(body));
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ __type: 'InvalidInputException' });
    expect(text).toContain(words);
  });

  it('refuses a body that is not JSON', async () => {
    const [status, text] = await importWith('{');
    expect([status, JSON.parse(text).__type]).toEqual([400, 'SerializationException']);
  });

  it('uses the code that the service has for it', async () => {
    expect(JSON.parse((await secretsCall('GetSecretValue', '{}'))[1]).__type).toBe('ValidationException');
  });

  it.each([
    [
      'a text that is too long',
      { SecretId: 'x'.repeat(2049) },
      "1 validation error detected: Value at 'SecretId' failed to satisfy constraint: Member must have length less than or equal to 2048",
    ],
    [
      'two members at once',
      { SecretId: '', VersionStage: '' },
      "2 validation errors detected: Value at 'SecretId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'VersionStage' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('holds the input to the constraints of its operation: %s', async (_, body, message) => {
    const [status, text] = await secretsCall('GetSecretValue', JSON.stringify(body));
    expect([status, JSON.parse(text)]).toEqual([400, { __type: 'ValidationException', message, Message: message }]);
  });

  it('looks at the types before it looks at the constraints', async () => {
    expect((await secretsCall('GetSecretValue', '{"SecretId":7}'))[1]).toContain('SecretId: expected a string');
  });

  it('says with it what the model requires of the error', async () => {
    const [status, text] = await post(
      '/findings/list',
      { authorization: signedFor('inspector2'), 'content-type': 'application/json' },
      '{"maxResults":101}',
    );
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { __type: 'ValidationException', reason: 'FIELD_VALIDATION_FAILED' },
    ]);
  });

  it('refuses a request of more than 16 MiB', async () => {
    expect((await importWith(' '.repeat(16 * 1024 * 1024 + 1)))[0]).toBe(413);
  });
});

describe('the check of a query request', () => {
  const ask = (service: string, members: Record<string, string>): Promise<[number, string]> =>
    post('/', { authorization: signedFor(service) }, new URLSearchParams(members).toString());

  it.each<[string, string, Record<string, string>, string]>([
    ['a member that STS does not know', 'sts', { Action: 'GetCallerIdentity', Bogus: '1' }, 'Bogus: unknown member'],
    [
      'a member that IAM does not know',
      'iam',
      { Action: 'GetRole', RoleName: 'worker', Role: 'worker' },
      'Role: unknown member',
    ],
    ['a member that is missing', 'iam', { Action: 'GetRolePolicy', RoleName: 'worker' }, 'PolicyName: Member must not'],
    ['more below a text', 'iam', { Action: 'GetRole', 'RoleName.member.1': 'worker' }, 'RoleName: expected a string'],
  ])('refuses %s', async (_, service, members, words) => {
    const [status, text] = await ask(service, { Version: '2010-05-08', ...members });
    expect(status).toBe(400);
    expect(text).toContain('<Code>ValidationError</Code>');
    expect(text).toContain(words);
  });
});

describe('values', () => {
  it('go through as blobs and times', async () => {
    const client = new SecretsManagerClient(front.client);
    await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary: new Uint8Array([0, 255, 128]) }));
    const secret = await client.send(new GetSecretValueCommand({ SecretId: 'bytes' }));
    expect([...(secret.SecretBinary ?? [])]).toEqual([0, 255, 128]);
    expect(secret.CreatedDate).toEqual(new Date('2026-03-01T10:00:00Z'));
  });
});

describe('STS', () => {
  it('says who the caller is', async () => {
    const { Account, Arn, UserId } = await new STSClient(front.client).send(new GetCallerIdentityCommand({}));
    expect([Account, Arn, UserId]).toEqual(['111122223333', 'arn:aws:iam::111122223333:root', '111122223333']);
  });
});

describe('calls', () => {
  it('are reported with the access key and the input', async () => {
    await new SecurityHubClient(front.client).send(new GetFindingsCommand({ MaxResults: 5 }));
    expect(front.calls).toEqual([
      {
        service: 'securityhub',
        operation: 'GetFindings',
        accessKeyId: 'AKIDLOCAL',
        region: 'eu-west-1',
        input: { MaxResults: 5 },
      },
    ]);
  });

  it('are reported with the error that the caller got', async () => {
    await secretsCall('GetSecretValue', '{"SecretId":"nope"}');
    expect(front.calls).toMatchObject([{ operation: 'GetSecretValue', error: { code: 'ResourceNotFoundException' } }]);
  });

  it('are refused before the handler when they are not authorized', async () => {
    const denied = { ...front.client, credentials: { accessKeyId: 'AKIDDENIED', secretAccessKey: 'x' } };
    const call = new SecretsManagerClient(denied).send(new CreateSecretCommand({ Name: 'never' }));
    await expect(call).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'not authorized to perform: secretsmanager:CreateSecret',
    });
    const [status] = await secretsCall('DescribeSecret', '{"SecretId":"never"}');
    expect(status).toBe(400);
  });

  it('of a client that hangs up leave the endpoint running', async () => {
    const [hostname, port] = front.host.split(':');
    await new Promise<void>((resolve) => {
      const headers = { authorization: signedFor('ecr'), 'content-length': '1000' };
      const sent = request({ hostname, port, method: 'POST', path: '/', headers });
      sent.on('error', () => resolve());
      sent.write('{');
      setTimeout(() => sent.destroy(new Error('hung up')), 20);
    });
    expect((await new STSClient(front.client).send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333');
  });

  it('are answered when the server has already read the body', async () => {
    const endpoint = createEndpoint({ services: front.services.all });
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => void endpoint.handle(incoming, response, Buffer.concat(chunks)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = new SecurityHubClient({ ...front.client, endpoint: `http://127.0.0.1:${port}` });
    expect((await client.send(new GetFindingsCommand({ MaxResults: 5 }))).Findings).toEqual([]);
    server.closeAllConnections();
    server.close();
  });
});
