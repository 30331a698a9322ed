/** Security Hub CSPM: imports with its rules, customer updates and searches. */
import * as schemas from '@aws-sdk/client-securityhub';
import type { Clock } from '../../../shared/base/clock.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import { pageOf, pageSize } from '../page.ts';
import { brokenLimits } from './field-limits.ts';
import { matchesFindingFilters, sortFindings } from './finding-filters.ts';
import { type Hub, importRefusal } from './import-rules.ts';
import { importFinding, type StoredFinding, updateFinding } from './stored-finding.ts';

export interface SecurityHubOptions extends Hub {
  readonly clock: Clock;
}

export interface SecurityHub extends LocalService {
  /** In the order of their first import. */
  readonly findings: () => readonly schemas.AwsSecurityFinding[];
  /** A finding as AWS's own integrations write it: under their product's ARN, which no import may carry. */
  readonly receiveNative: (finding: schemas.AwsSecurityFinding) => void;
}

const INVALID = 'InvalidInputException';
const MAX_FINDINGS = 100;
const MAX_BATCH_BYTES = 6 * 1024 * 1024;

type Identifier = { readonly Id: string; readonly ProductArn: string };

const keyOf = ({
  Id,
  ProductArn,
}: {
  readonly Id: string | undefined;
  readonly ProductArn: string | undefined;
}): string => JSON.stringify([ProductArn, Id]);

const checkCount = (what: string, count: number): void => {
  if (count < 1 || count > MAX_FINDINGS) {
    throw new AwsError(INVALID, `${what} has 1 to ${MAX_FINDINGS} members, not ${count}.`);
  }
};

const unprocessed = (FindingIdentifier: Identifier, ErrorCode: string, ErrorMessage: string) => ({
  FindingIdentifier,
  ErrorCode,
  ErrorMessage,
});

export const createSecurityHub = ({ clock, account, region }: SecurityHubOptions): SecurityHub => {
  const hub: Hub = { account, region };
  const stored = new Map<string, StoredFinding>();
  const subscribedAt = clock.now().toISOString();

  const keep = (finding: schemas.AwsSecurityFinding): void => {
    const result = importFinding(finding, stored.get(keyOf(finding)), hub, clock.now());
    if (result !== 'stale') stored.set(keyOf(finding), result);
  };

  const batchImport = ({
    Findings,
  }: Checked<schemas.BatchImportFindingsRequest>): schemas.BatchImportFindingsResponse => {
    checkCount('Findings', Findings.length);
    if (Buffer.byteLength(JSON.stringify(Findings)) > MAX_BATCH_BYTES) {
      throw new AwsError(INVALID, 'The findings of one call have more than 6 MB.');
    }
    const failed: schemas.ImportFindingsError[] = [];
    const seen = new Set<string>();
    for (const finding of Findings) {
      const refusal = importRefusal(finding, hub);
      if (refusal !== undefined) {
        failed.push({ Id: finding.Id, ErrorCode: refusal.code, ErrorMessage: refusal.message });
      } else if (!seen.has(finding.Id)) {
        // Of several findings with one id in a call only the first is processed.
        seen.add(finding.Id);
        keep(finding);
      }
    }
    return { SuccessCount: Findings.length - failed.length, FailedCount: failed.length, FailedFindings: failed };
  };

  const batchUpdate = ({
    FindingIdentifiers,
    ...update
  }: Checked<schemas.BatchUpdateFindingsRequest>): schemas.BatchUpdateFindingsResponse => {
    checkCount('FindingIdentifiers', FindingIdentifiers.length);
    const problems = brokenLimits(update);
    if (problems.length > 0) throw new AwsError(INVALID, problems.join(', '));
    const processed: Identifier[] = [];
    const failed: schemas.BatchUpdateFindingsUnprocessedFinding[] = [];
    const seen = new Set<string>();
    for (const identifier of FindingIdentifiers) {
      const key = keyOf(identifier);
      const before = stored.get(key);
      if (seen.has(key)) {
        failed.push(unprocessed(identifier, 'DuplicatedFindingIdentifier', 'The finding is named twice.'));
      } else if (before === undefined) {
        failed.push(unprocessed(identifier, 'FindingNotFound', 'Finding Not Found'));
      } else {
        stored.set(key, updateFinding(before, update, clock.now()));
        processed.push(identifier);
      }
      seen.add(key);
    }
    return { ProcessedFindings: processed, UnprocessedFindings: failed };
  };

  const findings = (): readonly schemas.AwsSecurityFinding[] => [...stored.values()].map(({ finding }) => finding);

  const getFindings = (input: Checked<schemas.GetFindingsRequest>): schemas.GetFindingsResponse => {
    const matching = findings().filter((finding) => matchesFindingFilters(finding, input.Filters ?? {}));
    const sorted = sortFindings(matching, input.SortCriteria ?? []);
    const { items, nextToken } = pageOf(
      sorted,
      pageSize(input.MaxResults, MAX_FINDINGS, INVALID),
      input.NextToken,
      INVALID,
    );
    return { Findings: items, NextToken: nextToken };
  };

  return {
    name: 'securityhub',
    client: { schemas, config: new schemas.SecurityHubClient({ region }).config },
    invalidInputCode: INVALID,
    handlers: {
      BatchImportFindings: batchImport,
      BatchUpdateFindings: batchUpdate,
      GetFindings: getFindings,
      DescribeHub: (): schemas.DescribeHubResponse => ({
        HubArn: `arn:aws:securityhub:${region}:${account}:hub/default`,
        SubscribedAt: subscribedAt,
        AutoEnableControls: true,
      }),
      // No integration of AWS's own writes into this hub by itself.
      ListEnabledProductsForImport: (): schemas.ListEnabledProductsForImportResponse => ({ ProductSubscriptions: [] }),
    },
    findings,
    receiveNative: keep,
  };
};
