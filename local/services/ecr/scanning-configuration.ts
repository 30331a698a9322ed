/** How the registry and its repositories are scanned, as it is set and asked for. */
import type {
  BatchGetRepositoryScanningConfigurationRequest,
  BatchGetRepositoryScanningConfigurationResponse,
  GetRegistryScanningConfigurationResponse,
  PutImageScanningConfigurationRequest,
  PutImageScanningConfigurationResponse,
  PutRegistryScanningConfigurationRequest,
  PutRegistryScanningConfigurationResponse,
  RegistryScanningConfiguration,
  RepositoryScanningConfigurationFailure,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { type EcrScope, INVALID, imagesOf, repositoryArn } from './ecr-scope.ts';
import type { EcrState } from './ecr-state.ts';
import { frequencyChangeEvent } from './scan-events.ts';
import { type ScanRules, type ScanSetting, scanSettingOf } from './scan-rules.ts';

const configurationFrom = ({ scanType, rules }: ScanRules): RegistryScanningConfiguration => ({
  scanType,
  rules: [...rules],
});

export const getRegistryScanningConfiguration = (
  { account }: EcrScope,
  { registryScanning }: EcrState,
): GetRegistryScanningConfigurationResponse => ({
  registryId: account,
  scanningConfiguration: configurationFrom(registryScanning),
});

const checkRules = ({ scanType, rules }: ScanRules): void => {
  const allowed = scanType === 'ENHANCED' ? ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'] : ['SCAN_ON_PUSH', 'MANUAL'];
  const frequencies = rules.map(({ scanFrequency }) => scanFrequency);
  const wrong = frequencies.find((frequency) => !allowed.includes(frequency));
  if (wrong !== undefined) throw new AwsError(INVALID, `The scan type ${scanType} has no scan frequency ${wrong}.`);
  if (new Set(frequencies).size < frequencies.length) {
    throw new AwsError(INVALID, 'There is more than one rule with the same scan frequency.');
  }
};

/** A scan type that is not sent is the basic one, and rules that are not sent are none. */
export const putRegistryScanningConfiguration = async (
  scope: EcrScope,
  state: EcrState,
  { scanType = 'BASIC', rules = [] }: Checked<PutRegistryScanningConfigurationRequest>,
): Promise<PutRegistryScanningConfigurationResponse> => {
  const wanted: ScanRules = { scanType, rules };
  checkRules(wanted);
  const before = state.registryScanning;
  state.registryScanning = wanted;
  const changes = scope.store
    .repositories()
    .map(({ name }) => ({
      name,
      frequency: scanSettingOf(wanted, name).frequency,
      previous: scanSettingOf(before, name).frequency,
    }))
    .filter(({ frequency, previous }) => frequency !== previous);
  // ECR tells of changes to what enhanced scanning watches, and of no others.
  if (scanType === 'ENHANCED' && changes.length > 0) {
    await scope.putEvent?.(frequencyChangeEvent(scope, scanType, changes), 'default');
  }
  return { registryScanningConfiguration: configurationFrom(wanted) };
};

/** With the repository's own wish for a scan of every push, which only basic scanning heeds. */
export const effectiveSetting = ({ registryScanning, scannedOnPush }: EcrState, name: string): ScanSetting => {
  const setting = scanSettingOf(registryScanning, name);
  return registryScanning.scanType === 'BASIC' && scannedOnPush.has(name)
    ? { ...setting, frequency: 'SCAN_ON_PUSH' }
    : setting;
};

export const batchGetRepositoryScanningConfiguration = (
  scope: EcrScope,
  state: EcrState,
  { repositoryNames }: Checked<BatchGetRepositoryScanningConfigurationRequest>,
): BatchGetRepositoryScanningConfigurationResponse => {
  const isKnown = (name: string): boolean => scope.store.repository(name) !== undefined;
  return {
    scanningConfigurations: repositoryNames.filter(isKnown).map((name) => {
      const { frequency, filters } = effectiveSetting(state, name);
      return {
        repositoryArn: repositoryArn(scope, name),
        repositoryName: name,
        scanOnPush: frequency === 'SCAN_ON_PUSH',
        scanFrequency: frequency,
        appliedScanFilters: [...filters],
      };
    }),
    failures: repositoryNames
      .filter((name) => !isKnown(name))
      .map(
        (repositoryName): RepositoryScanningConfigurationFailure => ({
          repositoryName,
          failureCode: 'REPOSITORY_NOT_FOUND',
          failureReason: 'REPOSITORY_NOT_FOUND',
        }),
      ),
  };
};

export const putImageScanningConfiguration = (
  scope: EcrScope,
  { scannedOnPush }: EcrState,
  input: Checked<PutImageScanningConfigurationRequest>,
): PutImageScanningConfigurationResponse => {
  imagesOf(scope, input);
  const { repositoryName, imageScanningConfiguration } = input;
  const { scanOnPush = false } = imageScanningConfiguration;
  if (scanOnPush) scannedOnPush.add(repositoryName);
  else scannedOnPush.delete(repositoryName);
  return { registryId: scope.account, repositoryName, imageScanningConfiguration: { scanOnPush } };
};
