/** Which repositories a registry's rules scan, and how often. */
import type { RegistryScanningRule, ScanFrequency, ScanningRepositoryFilter, ScanType } from '@aws-sdk/client-ecr';
import type { Checked } from '../../endpoint/local-service.ts';
import { matchesWildcard } from '../../wildcard.ts';

export type ScanRule = Checked<RegistryScanningRule>;

export interface ScanRules {
  readonly scanType: ScanType;
  readonly rules: readonly ScanRule[];
}

/** A filter without `*` is any part of the name; with it, the whole name. */
export const matchesFilter = (filter: string, repository: string): boolean =>
  filter.includes('*') ? matchesWildcard(filter, repository) : repository.includes(filter);

export interface ScanSetting {
  readonly frequency: ScanFrequency;
  /** Those that match the repository's name, of the rule that applies. */
  readonly filters: readonly Checked<ScanningRepositoryFilter>[];
}

const OFTEN_FIRST = ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH'] as const;

/** Where rules of both frequencies match, the continuous one applies; where none does, nothing is scanned by itself. */
export const scanSettingOf = ({ rules }: ScanRules, repository: string): ScanSetting => {
  for (const frequency of OFTEN_FIRST) {
    const filters = rules
      .filter((rule) => rule.scanFrequency === frequency)
      .flatMap(({ repositoryFilters }) => repositoryFilters)
      .filter(({ filter }) => matchesFilter(filter, repository));
    if (filters.length > 0) return { frequency, filters };
  }
  return { frequency: 'MANUAL', filters: [] };
};
