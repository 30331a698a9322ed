/** Inspector: lists the findings that its events have announced, and where images run. */
import * as schemas from '@aws-sdk/client-inspector2';
import type { Clock } from '../../../shared/base/clock.ts';
import { AwsError, notImplemented } from '../../endpoint/aws-error.ts';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import type { Ecs } from '../ecs/ecs.ts';
import { type ImageDigestOptions, localRepositoryOf } from '../ecs/image-digests.ts';
import { pageOf } from '../page.ts';
import { textsAt, valuesAt } from '../values-at.ts';
import { clustersForImage, wantedImageFrom } from './clusters-for-image.ts';
import { coveredImages } from './coverage.ts';
import { COVERAGE_FILTERS, FINDING_FILTERS, matchesCriteria } from './finding-filters.ts';
import { findingFromEventDetail, type ListedFinding, lastChange } from './finding-from-event.ts';
import type { GivenDetails } from './given-details.ts';
import { INSPECTOR2_CONSTRAINTS } from './inspector2-constraints.ts';

export interface Inspector2Options extends ImageDigestOptions {
  readonly clock: Clock;
  readonly ecs: Pick<Ecs, 'tasks'>;
}

export interface Inspector2 extends LocalService {
  /** Takes an "Inspector2 Finding" or "Inspector2 Scan" event, so that the API agrees with it; ignores any other. */
  readonly ingestEvent: (event: { readonly 'detail-type': string; readonly detail: unknown }) => void;
  /** What BatchGetFindingDetails adds to a finding, such as CISA's dates: no event carries it. */
  readonly setFindingDetails: (details: GivenDetails) => void;
}

const INVALID = 'ValidationException';
const MAX_PAGE = 100;
const MAX_COVERAGE_PAGE = 200;

const INVALID_MEMBERS = { reason: 'FIELD_VALIDATION_FAILED' };

const invalid = (message: string): AwsError => new AwsError(INVALID, message, { members: INVALID_MEMBERS });

const enabled: schemas.State = { status: 'ENABLED', errorCode: 'ALREADY_ENABLED', errorMessage: '' };

export const createInspector2 = (options: Inspector2Options): Inspector2 => {
  const { clock, account, region, ecs } = options;
  const findings = new Map<string, ListedFinding>();
  const details = new Map<string, GivenDetails>();
  const scanned = new Set<string>();

  const ingestFinding = (detail: unknown): void => {
    const finding = findingFromEventDetail(detail);
    if (finding === undefined) return;
    const before = findings.get(finding.findingArn);
    // Events come in any order; the API shows the newest state.
    if (before === undefined || lastChange(finding) >= lastChange(before)) findings.set(finding.findingArn, finding);
    for (const digest of textsAt(finding, 'resources.details.awsEcrContainerImage.imageHash')) scanned.add(digest);
  };

  const listFindings = (input: Checked<schemas.ListFindingsRequest>): object => {
    if (input.sortCriteria !== undefined) throw notImplemented('sorting findings');
    const listed = [...findings.values()].filter((finding) =>
      matchesCriteria(finding, input.filterCriteria ?? {}, FINDING_FILTERS),
    );
    const { items, nextToken } = pageOf(listed, input.maxResults ?? MAX_PAGE, input.nextToken, INVALID);
    return { findings: items, nextToken };
  };

  /** What its event says, and over that what was set; undefined for a finding that nobody has named. */
  const detailOf = (findingArn: string): schemas.FindingDetail | undefined => {
    const [finding, given] = [findings.get(findingArn), details.get(findingArn)];
    if (finding === undefined) return given;
    const [epssScore] = valuesAt(finding, ['epss', 'score']).filter((score) => typeof score === 'number');
    const referenceUrls = [...textsAt(finding, 'packageVulnerabilityDetails.referenceUrls')];
    return { findingArn, epssScore, referenceUrls, ...given };
  };

  const batchGetDetails = ({
    findingArns,
  }: Checked<schemas.BatchGetFindingDetailsRequest>): schemas.BatchGetFindingDetailsResponse => {
    const unknown = findingArns.filter((arn) => !findings.has(arn) && !details.has(arn));
    return {
      findingDetails: findingArns.flatMap((arn) => detailOf(arn) ?? []),
      errors: unknown.map((findingArn) => ({
        findingArn,
        errorCode: 'FINDING_DETAILS_NOT_FOUND',
        errorMessage: 'The finding has no details.',
      })),
    };
  };

  const getClusters = (input: Checked<schemas.GetClustersForImageRequest>): schemas.GetClustersForImageResponse => {
    const wanted = wantedImageFrom(input.filter.resourceId);
    if (wanted === undefined) throw invalid(`not the ARN of a repository or an image: ${input.filter.resourceId}`);
    const clusters = clustersForImage(ecs.tasks(), wanted, (image) => localRepositoryOf(image, options), clock.now());
    const { items, nextToken } = pageOf(clusters, input.maxResults ?? MAX_PAGE, input.nextToken, INVALID);
    return { cluster: items, nextToken };
  };

  const listCoverage = (input: Checked<schemas.ListCoverageRequest>): schemas.ListCoverageResponse => {
    const covered = coveredImages(options, scanned).filter((resource) =>
      matchesCriteria(resource, input.filterCriteria ?? {}, COVERAGE_FILTERS),
    );
    const { items, nextToken } = pageOf(covered, input.maxResults ?? MAX_COVERAGE_PAGE, input.nextToken, INVALID);
    return { coveredResources: items, nextToken };
  };

  const accountStatus = ({
    accountIds = [account],
  }: Checked<schemas.BatchGetAccountStatusRequest>): schemas.BatchGetAccountStatusResponse => ({
    accounts: accountIds
      .filter((id) => id === account)
      .map((accountId) => ({ accountId, state: enabled, resourceState: { ec2: enabled, ecr: enabled } })),
    failedAccounts: accountIds
      .filter((id) => id !== account)
      .map((accountId) => ({ accountId, errorCode: 'ACCESS_DENIED', errorMessage: 'Not an account of this runtime.' })),
  });

  return {
    name: 'inspector2',
    client: { schemas, config: new schemas.Inspector2Client({ region }).config },
    invalidInputCode: INVALID,
    invalidInputMembers: INVALID_MEMBERS,
    constraints: INSPECTOR2_CONSTRAINTS,
    handlers: {
      ListFindings: listFindings,
      BatchGetFindingDetails: batchGetDetails,
      GetClustersForImage: getClusters,
      ListCoverage: listCoverage,
      BatchGetAccountStatus: accountStatus,
    },
    ingestEvent: ({ 'detail-type': detailType, detail }) => {
      if (detailType === 'Inspector2 Finding') ingestFinding(detail);
      if (detailType === 'Inspector2 Scan') for (const digest of textsAt(detail, 'image-digest')) scanned.add(digest);
    },
    setFindingDetails: (detail) => void details.set(detail.findingArn, detail),
  };
};
