/** The filters of ListFindings and ListCoverage, as far as they are written; any other is refused and not ignored. */
import { notImplemented } from '../../endpoint/aws-error.ts';
import { matchesFilters, type StringFilter } from '../string-filter.ts';
import { textsAt } from '../values-at.ts';

/** Filter name to the path of the filtered member. */
export type FilterPaths = Readonly<Record<string, string>>;

const IMAGE = 'resources.details.awsEcrContainerImage';

export const FINDING_FILTERS: FilterPaths = {
  findingArn: 'findingArn',
  findingStatus: 'status',
  findingType: 'type',
  awsAccountId: 'awsAccountId',
  severity: 'severity',
  title: 'title',
  fixAvailable: 'fixAvailable',
  exploitAvailable: 'exploitAvailable',
  vulnerabilityId: 'packageVulnerabilityDetails.vulnerabilityId',
  resourceId: 'resources.id',
  resourceType: 'resources.type',
  ecrImageHash: `${IMAGE}.imageHash`,
  ecrImageRepositoryName: `${IMAGE}.repositoryName`,
  ecrImageRegistry: `${IMAGE}.registry`,
  ecrImageTags: `${IMAGE}.imageTags`,
};

export const COVERAGE_FILTERS: FilterPaths = {
  accountId: 'accountId',
  resourceId: 'resourceId',
  resourceType: 'resourceType',
  scanType: 'scanType',
  scanStatusCode: 'scanStatus.statusCode',
  scanStatusReason: 'scanStatus.reason',
  ecrImageTags: 'resourceMetadata.ecrImage.tags',
};

const isStringFilter = (value: unknown): value is StringFilter =>
  typeof value === 'object' && value !== null && 'comparison' in value && 'value' in value;

/** Fields are joined by AND. */
export const matchesCriteria = (item: object, criteria: object, paths: FilterPaths): boolean =>
  Object.entries(criteria).every(([name, filters]) => {
    const path = paths[name];
    if (path === undefined || !Array.isArray(filters)) throw notImplemented(`the filter ${name}`);
    return matchesFilters(filters.filter(isStringFilter), textsAt(item, path));
  });
