import {
  BatchGetRepositoryScanningConfigurationCommand,
  GetRegistryScanningConfigurationCommand,
  InvalidParameterException,
  PutImageScanningConfigurationCommand,
  PutRegistryScanningConfigurationCommand,
  type RegistryScanningRule,
  RepositoryNotFoundException,
  type ScanFrequency,
  type ScanType,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushImage } from '../../registry/images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

let front: EcrFront;
beforeEach(async () => {
  front = await startEcr();
  await pushImage(front.host, 'team/app', 'v1');
  await pushImage(front.host, 'lab/app', 'v1');
});
afterEach(() => front.close());

const rule = (scanFrequency: ScanFrequency, ...filters: string[]): RegistryScanningRule => ({
  scanFrequency,
  repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
});
const configure = (scanType: ScanType, ...rules: RegistryScanningRule[]) =>
  front.client.send(new PutRegistryScanningConfigurationCommand({ scanType, rules }));
const ofRepositories = (...repositoryNames: string[]) =>
  front.client.send(new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames }));

describe('the scanning of a registry', () => {
  it('is basic and by hand until it is configured', async () => {
    expect(await front.client.send(new GetRegistryScanningConfigurationCommand({}))).toMatchObject({
      registryId: '111122223333',
      scanningConfiguration: { scanType: 'BASIC', rules: [] },
    });
    expect((await ofRepositories('team/app')).scanningConfigurations).toEqual([
      {
        repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
        repositoryName: 'team/app',
        scanOnPush: false,
        scanFrequency: 'MANUAL',
        appliedScanFilters: [],
      },
    ]);
  });

  it('is what was put', async () => {
    const rules = [rule('SCAN_ON_PUSH', '*'), rule('CONTINUOUS_SCAN', 'team/*')];
    const answered = await configure('ENHANCED', ...rules);
    expect(answered.registryScanningConfiguration).toEqual({ scanType: 'ENHANCED', rules });
    const { scanningConfiguration } = await front.client.send(new GetRegistryScanningConfigurationCommand({}));
    expect(scanningConfiguration).toEqual({ scanType: 'ENHANCED', rules });
  });

  it('shows in the repositories that its filters match, and fails for those that are not there', async () => {
    await configure('ENHANCED', rule('CONTINUOUS_SCAN', 'team/*'));
    const { scanningConfigurations, failures } = await ofRepositories('team/app', 'lab/app', 'no/such');
    expect(scanningConfigurations).toMatchObject([
      {
        repositoryName: 'team/app',
        scanFrequency: 'CONTINUOUS_SCAN',
        appliedScanFilters: [{ filter: 'team/*', filterType: 'WILDCARD' }],
      },
      { repositoryName: 'lab/app', scanFrequency: 'MANUAL', appliedScanFilters: [] },
    ]);
    expect(failures).toMatchObject([{ repositoryName: 'no/such', failureCode: 'REPOSITORY_NOT_FOUND' }]);
  });

  it.each<[string, ScanType, RegistryScanningRule[]]>([
    ['continuous basic scans', 'BASIC', [rule('CONTINUOUS_SCAN', '*')]],
    ['enhanced scans by hand', 'ENHANCED', [rule('MANUAL', '*')]],
    ['two rules of one frequency', 'BASIC', [rule('SCAN_ON_PUSH', 'a'), rule('SCAN_ON_PUSH', 'b')]],
    ['a filter with other characters', 'BASIC', [rule('SCAN_ON_PUSH', 'Team')]],
    ['an unknown scan type', 'THOROUGH' as ScanType, []],
  ])('refuses %s', async (_, scanType, rules) => {
    await expect(configure(scanType, ...rules)).rejects.toBeInstanceOf(InvalidParameterException);
  });
});

describe('a change of frequency', () => {
  it('is told in one event for all repositories that it changes', async () => {
    await configure('BASIC', rule('SCAN_ON_PUSH', 'lab'));
    await configure('ENHANCED', rule('CONTINUOUS_SCAN', '*'));
    expect(front.events).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'ECR Scan Resource Change',
        source: 'aws.ecr',
        account: '111122223333',
        time: '2026-03-01T10:00:00Z',
        region: 'eu-west-1',
        resources: [],
        detail: {
          'action-type': 'SCAN_FREQUENCY_CHANGE',
          repositories: [
            {
              'repository-name': 'team/app',
              'repository-arn': 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
              'scan-frequency': 'CONTINUOUS_SCAN',
              'previous-scan-frequency': 'MANUAL',
            },
            {
              'repository-name': 'lab/app',
              'repository-arn': 'arn:aws:ecr:eu-west-1:111122223333:repository/lab/app',
              'scan-frequency': 'CONTINUOUS_SCAN',
              'previous-scan-frequency': 'SCAN_ON_PUSH',
            },
          ],
          'resource-type': 'REPOSITORY',
          'scan-type': 'ENHANCED',
        },
      },
    ]);
  });

  it('is not told where nothing changes', async () => {
    await configure('ENHANCED', rule('CONTINUOUS_SCAN', '*'));
    await configure('ENHANCED', rule('CONTINUOUS_SCAN', 'app'));
    expect(front.events).toHaveLength(1);
  });
});

describe('a repository that wants its pushes scanned', () => {
  const want = (repositoryName: string, scanOnPush: boolean) =>
    front.client.send(
      new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration: { scanOnPush } }),
    );
  const frequency = async () => (await ofRepositories('lab/app')).scanningConfigurations?.[0]?.scanFrequency;

  it('is heeded by basic scanning, and not by enhanced scanning', async () => {
    expect(await want('lab/app', true)).toMatchObject({ imageScanningConfiguration: { scanOnPush: true } });
    expect(await frequency()).toBe('SCAN_ON_PUSH');
    await configure('ENHANCED');
    expect(await frequency()).toBe('MANUAL');
    await configure('BASIC');
    await want('lab/app', false);
    expect(await frequency()).toBe('MANUAL');
  });

  it('has to be there', async () => {
    await expect(want('no/such', true)).rejects.toBeInstanceOf(RepositoryNotFoundException);
  });
});
