import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import {
  BatchGetAccountStatusCommand,
  BatchGetFindingDetailsCommand,
  type FilterCriteria,
  GetClustersForImageCommand,
  Inspector2Client,
  ListCoverageCommand,
  ListFindingsCommand,
  ValidationException,
} from '@aws-sdk/client-inspector2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushImage, sha256 } from '../../registry/images.ts';
import { type LocalFront, startFront } from '../local-front.ts';

let front: LocalFront;
let client: Inspector2Client;
beforeEach(async () => {
  front = await startFront();
  client = new Inspector2Client(front.client);
});
afterEach(() => front.close());

const arnOf = (id: string): string => `arn:aws:inspector2:eu-west-1:111122223333:finding/${id.padStart(32, '0')}`;
const detail = (id: string, change: object = {}): object => ({
  findingArn: arnOf(id),
  awsAccountId: '111122223333',
  type: 'PACKAGE_VULNERABILITY',
  description: 'A description',
  title: 'CVE-2026-0001 - openssl',
  severity: 'HIGH',
  status: 'ACTIVE',
  firstObservedAt: 'Wed Sep 04 16:55:38.411 UTC 2024',
  lastObservedAt: '2025-06-03T10:11:12.123456+00:00',
  updatedAt: 1748909367,
  epss: { score: 0.25 },
  remediation: { recommendation: { text: 'None Provided' } },
  resources: [
    {
      type: 'AWS_ECR_CONTAINER_IMAGE',
      id: `arn:aws:ecr:eu-west-1:111122223333:repository/team/app/${sha256('app')}`,
      details: {
        awsEcrContainerImage: { repositoryName: 'team/app', registry: '111122223333', imageHash: sha256('app') },
      },
    },
  ],
  packageVulnerabilityDetails: {
    vulnerabilityId: 'CVE-2026-0001',
    source: 'NVD',
    referenceUrls: ['https://example.org'],
  },
  aMemberOfTheFuture: true,
  ...change,
});
const send = (finding: object): void =>
  front.services.inspector2.ingestEvent({ 'detail-type': 'Inspector2 Finding', detail: finding });
const list = async (filterCriteria: FilterCriteria = {}) =>
  (await client.send(new ListFindingsCommand({ filterCriteria }))).findings ?? [];
const equals = (value: string) => [{ comparison: 'EQUALS' as const, value }];

describe('listed findings', () => {
  it('are those of the events, with real times', async () => {
    send(detail('1'));
    expect(await list()).toEqual([
      {
        findingArn: arnOf('1'),
        awsAccountId: '111122223333',
        type: 'PACKAGE_VULNERABILITY',
        description: 'A description',
        title: 'CVE-2026-0001 - openssl',
        severity: 'HIGH',
        status: 'ACTIVE',
        firstObservedAt: new Date('2024-09-04T16:55:38.411Z'),
        lastObservedAt: new Date('2025-06-03T10:11:12.123Z'),
        updatedAt: new Date('2025-06-03T00:09:27Z'),
        epss: { score: 0.25 },
        remediation: { recommendation: { text: 'None Provided' } },
        resources: [
          {
            type: 'AWS_ECR_CONTAINER_IMAGE',
            id: `arn:aws:ecr:eu-west-1:111122223333:repository/team/app/${sha256('app')}`,
            details: {
              awsEcrContainerImage: { repositoryName: 'team/app', registry: '111122223333', imageHash: sha256('app') },
            },
          },
        ],
        packageVulnerabilityDetails: {
          vulnerabilityId: 'CVE-2026-0001',
          source: 'NVD',
          referenceUrls: ['https://example.org'],
        },
      },
    ]);
  });

  it('show the newest state whatever the order of the events', async () => {
    send(detail('1', { status: 'CLOSED', updatedAt: '2025-06-04T00:00:00Z' }));
    send(detail('1', { status: 'ACTIVE', updatedAt: 'Jun 3, 2025, 6:02:30 PM' }));
    expect((await list()).map(({ status }) => status)).toEqual(['CLOSED']);
  });

  it('leave out a time that cannot be read', async () => {
    send(detail('1', { firstObservedAt: 'N/A' }));
    expect((await list())[0]).not.toHaveProperty('firstObservedAt');
  });

  it('ignore an event that is no finding', async () => {
    send({ no: 'finding' });
    front.services.inspector2.ingestEvent({ 'detail-type': 'Inspector2 Coverage', detail: detail('1') });
    expect(await list()).toEqual([]);
  });

  it.each<[string, FilterCriteria, string[]]>([
    ['ARN', { findingArn: equals(arnOf('2')) }, ['2']],
    ['status', { findingStatus: equals('CLOSED') }, ['2']],
    ['severity', { severity: equals('HIGH') }, ['1']],
    ['either severity', { severity: [...equals('HIGH'), ...equals('LOW')] }, ['1', '2']],
    ['digest', { ecrImageHash: equals(sha256('app')) }, ['1', '2']],
    ['repository', { ecrImageRepositoryName: [{ comparison: 'PREFIX', value: 'team/' }] }, ['1', '2']],
    ['another repository', { ecrImageRepositoryName: [{ comparison: 'NOT_EQUALS', value: 'team/app' }] }, []],
    [
      'resource and status',
      { resourceId: [{ comparison: 'PREFIX', value: 'arn:aws:ecr' }], findingStatus: equals('ACTIVE') },
      ['1'],
    ],
  ])('are filtered by %s', async (_, criteria, expected) => {
    send(detail('1'));
    send(detail('2', { severity: 'LOW', status: 'CLOSED' }));
    expect((await list(criteria)).map(({ findingArn }) => findingArn)).toEqual(expected.map(arnOf));
  });

  it('refuse a filter that is not written instead of ignoring it', async () => {
    send(detail('1'));
    await expect(list({ lambdaFunctionName: equals('f') })).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('go by pages of up to 100', async () => {
    for (const id of ['1', '2', '3']) send(detail(id));
    const first = await client.send(new ListFindingsCommand({ maxResults: 2 }));
    const second = await client.send(new ListFindingsCommand({ maxResults: 2, nextToken: first.nextToken }));
    expect([first.findings?.length, second.findings?.length, second.nextToken]).toEqual([2, 1, undefined]);
    await expect(client.send(new ListFindingsCommand({ maxResults: 101 }))).rejects.toBeInstanceOf(ValidationException);
  });
});

describe('the details of findings', () => {
  it('have what the event says and what was set', async () => {
    send(detail('1'));
    const cisaData = { dateAdded: new Date('2026-01-01T00:00:00Z'), action: 'Apply updates' };
    front.services.inspector2.setFindingDetails({ findingArn: arnOf('1'), cisaData });
    const { findingDetails, errors } = await client.send(
      new BatchGetFindingDetailsCommand({ findingArns: [arnOf('1'), arnOf('9')] }),
    );
    expect(findingDetails).toEqual([
      { findingArn: arnOf('1'), epssScore: 0.25, referenceUrls: ['https://example.org'], cisaData },
    ]);
    expect(errors).toMatchObject([{ findingArn: arnOf('9'), errorCode: 'FINDING_DETAILS_NOT_FOUND' }]);
  });

  it('are those that were set, of a finding that no event has named', async () => {
    const exploitObserved = { firstSeen: new Date('2026-01-01T00:00:00Z') };
    front.services.inspector2.setFindingDetails({ findingArn: arnOf('7'), exploitObserved });
    const answer = await client.send(new BatchGetFindingDetailsCommand({ findingArns: [arnOf('7')] }));
    expect(answer).toMatchObject({ findingDetails: [{ findingArn: arnOf('7'), exploitObserved }], errors: [] });
  });

  it.each([0, 11])('are not given for %i findings in a call', async (count) => {
    const findingArns = Array.from({ length: count }, (_, index) => arnOf(String(index)));
    const call = client.send(new BatchGetFindingDetailsCommand({ findingArns }));
    await expect(call).rejects.toBeInstanceOf(ValidationException);
  });
});

describe('the clusters of an image', () => {
  const clustersOf = async (resourceId: string) =>
    (await client.send(new GetClustersForImageCommand({ filter: { resourceId } }))).cluster;
  const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app';

  it('are those that run it, by group and task definition', async () => {
    const ecs = new ECSClient(front.client);
    const digest = await pushImage(front.host, 'team/app', 'v1');
    await ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'main', image: `${front.host}/team/app:v1` }],
      }),
    );
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } };
    await ecs.send(
      new RunTaskCommand({
        cluster: 'shop',
        taskDefinition: 'web',
        launchType: 'FARGATE',
        count: 2,
        networkConfiguration,
      }),
    );
    const expected = [
      {
        clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
        clusterDetails: [
          {
            lastInUse: new Date('2026-03-01T10:00:00Z'),
            runningUnitCount: 2,
            stoppedUnitCount: 0,
            clusterMetadata: {
              awsEcsMetadataDetails: {
                detailsGroup: 'family:web',
                taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
              },
            },
          },
        ],
      },
    ];
    expect(await clustersOf(`${repository}/${digest}`)).toEqual(expected);
    expect(await clustersOf(repository)).toEqual(expected);
    expect(await clustersOf(`${repository}/${sha256('another')}`)).toEqual([]);
  });

  it('need the ARN of a repository or an image', async () => {
    await expect(clustersOf('team/app')).rejects.toBeInstanceOf(ValidationException);
  });
});

describe('coverage', () => {
  it('shows the images of the registry, and whether they are scanned', async () => {
    const first = await pushImage(front.host, 'team/app', 'v1', 'one');
    const second = await pushImage(front.host, 'team/app', 'v2', 'two');
    front.services.inspector2.ingestEvent({ 'detail-type': 'Inspector2 Scan', detail: { 'image-digest': second } });
    const { coveredResources = [] } = await client.send(new ListCoverageCommand({}));
    expect(coveredResources.map(({ resourceId, scanStatus }) => [resourceId, scanStatus?.reason])).toEqual([
      [`arn:aws:ecr:eu-west-1:111122223333:repository/team/app/${first}`, 'PENDING_INITIAL_SCAN'],
      [`arn:aws:ecr:eu-west-1:111122223333:repository/team/app/${second}`, 'SUCCESSFUL'],
    ]);
  });

  it('says that Inspector is on for the own account only', async () => {
    const status = await client.send(
      new BatchGetAccountStatusCommand({ accountIds: ['111122223333', '999999999999'] }),
    );
    expect(status.accounts).toMatchObject([{ accountId: '111122223333', state: { status: 'ENABLED' } }]);
    expect(status.failedAccounts).toMatchObject([{ accountId: '999999999999', errorCode: 'ACCESS_DENIED' }]);
  });
});
