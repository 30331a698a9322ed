import { describe, expect, it } from 'vitest';
import { matchesFilter, type ScanRules, scanSettingOf } from '../../../../local/services/ecr/scan-rules.ts';

describe('a filter', () => {
  // The table of ECR's user guide.
  it.each([
    ['prod', ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo']],
    ['*prod', ['prod', 'repo-prod']],
    ['prod*', ['prod', 'prod-repo', 'prodrepo']],
    ['*prod*', ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo']],
    ['prod*repo', ['prod-repo', 'prodrepo']],
  ])('%s matches %j and no other', (filter, expected) => {
    const names = ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo'];
    expect(names.filter((name) => matchesFilter(filter, name))).toEqual(expected);
  });
});

describe('the rules of a registry', () => {
  const filter = (text: string) => ({ filter: text, filterType: 'WILDCARD' }) as const;
  const rules: ScanRules = {
    scanType: 'ENHANCED',
    rules: [
      { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [filter('*')] },
      { scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [filter('prod'), filter('team/*'), filter('other')] },
    ],
  };

  it('scan continuously where both frequencies match, by the filters that match', () => {
    expect(scanSettingOf(rules, 'team/prod')).toEqual({
      frequency: 'CONTINUOUS_SCAN',
      filters: [filter('prod'), filter('team/*')],
    });
  });

  it('scan on push where only that matches', () => {
    expect(scanSettingOf(rules, 'lab/app')).toEqual({ frequency: 'SCAN_ON_PUSH', filters: [filter('*')] });
  });

  it('scan nothing by themselves where none matches', () => {
    expect(scanSettingOf({ scanType: 'BASIC', rules: [] }, 'lab/app')).toEqual({ frequency: 'MANUAL', filters: [] });
  });
});
