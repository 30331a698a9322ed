/** Security Hub CSPM: imports with its rules, customer updates and searches. */
import * as schemas from '@aws-sdk/client-securityhub';
import type { Clock } from '../../../shared/base/clock.ts';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import type { EventBridgeOptions } from '../event-bridge.ts';
import { pageOf } from '../page.ts';
import { matchesFindingFilters, sortFindings } from './finding-filters.ts';
import { isTooLarge, withoutExcessDetails } from './finding-size.ts';
import { createFindingStore, keyOf } from './finding-store.ts';
import { callRefusal, type Hub, importRefusal } from './import-rules.ts';
import { importedEventFrom } from './imported-event.ts';
import { SECURITY_HUB_CONSTRAINTS } from './security-hub-constraints.ts';
import { importFinding, updateFinding } from './stored-finding.ts';

export interface SecurityHubOptions extends Hub {
  readonly clock: Clock;
  /** How long GetFindings may not show what was written; 0: not at all. */
  readonly lagMs: number;
  /** Takes the event of each finding that is created or changed, once it is stored. */
  readonly putEvent: EventBridgeOptions['putEvent'];
  /** Told of an event that could not be put: the call that changed the finding succeeds, as it does in AWS. */
  readonly onFault: (error: unknown) => void;
}

export interface SecurityHub extends LocalService {
  /** Those that have not expired, in the order of their first import. */
  readonly findings: () => readonly schemas.AwsSecurityFinding[];
  /** A finding as AWS's own integrations write it: under their product's ARN, which no import may carry. */
  readonly receiveNative: (finding: schemas.AwsSecurityFinding) => Promise<void>;
}

const INVALID = 'InvalidInputException';
const MAX_PAGE = 100;

type Identifier = { readonly Id: string; readonly ProductArn: string };
type Unprocessed = schemas.BatchUpdateFindingsUnprocessedFinding;

const unprocessed = (FindingIdentifier: Identifier, ErrorCode: string, ErrorMessage: string): Unprocessed => ({
  FindingIdentifier,
  ErrorCode,
  ErrorMessage,
});

export const createSecurityHub = (options: SecurityHubOptions): SecurityHub => {
  const { clock, account, region, putEvent, onFault } = options;
  const hub: Hub = { account, region };
  const store = createFindingStore(options);
  const subscribedAt = clock.now().toISOString();

  const announce = async (finding: schemas.AwsSecurityFinding): Promise<void> => {
    try {
      await putEvent(importedEventFrom(finding, hub, clock.now()), 'default');
    } catch (thrown) {
      onFault(thrown);
    }
  };

  /** The finding as it is stored from now on; none when it is stale. */
  const keep = (incoming: schemas.AwsSecurityFinding): readonly schemas.AwsSecurityFinding[] => {
    const { Id, ProductArn } = incoming;
    const result = importFinding(incoming, store.get({ Id, ProductArn }), hub, clock.now());
    if (result === 'stale') return [];
    store.put(result);
    return [result.finding];
  };

  const batchImport = async ({
    Findings,
  }: Checked<schemas.BatchImportFindingsRequest>): Promise<schemas.BatchImportFindingsResponse> => {
    const refused = callRefusal(Findings, hub);
    if (refused !== undefined) throw refused;
    const failed: schemas.ImportFindingsError[] = [];
    const changed: schemas.AwsSecurityFinding[] = [];
    const seen = new Set<string>();
    for (const finding of Findings) {
      const refusal = importRefusal(finding);
      if (refusal !== undefined) {
        failed.push({ Id: finding.Id, ErrorCode: refusal.code, ErrorMessage: refusal.message });
      } else if (!seen.has(finding.Id)) {
        // Of several findings with one id in a call only the first is processed.
        seen.add(finding.Id);
        changed.push(...keep(finding));
      }
    }
    await Promise.all(changed.map(announce));
    return { SuccessCount: Findings.length - failed.length, FailedCount: failed.length, FailedFindings: failed };
  };

  const batchUpdate = async ({
    FindingIdentifiers,
    ...update
  }: Checked<schemas.BatchUpdateFindingsRequest>): Promise<schemas.BatchUpdateFindingsResponse> => {
    const processed: Identifier[] = [];
    const failed: Unprocessed[] = [];
    const changed: schemas.AwsSecurityFinding[] = [];
    const seen = new Set<string>();
    for (const identifier of FindingIdentifiers) {
      const before = store.get(identifier);
      const after = before && updateFinding(before, update, clock.now());
      if (seen.has(keyOf(identifier))) {
        failed.push(unprocessed(identifier, 'DuplicatedFindingIdentifier', 'Finding Identifier is duplicated'));
      } else if (after === undefined) {
        failed.push(unprocessed(identifier, 'FindingNotFound', 'Finding Not Found'));
      } else if (isTooLarge(after.finding)) {
        failed.push(unprocessed(identifier, 'FindingSizeExceeded', 'Finding size exceeded 240 KB'));
      } else {
        store.put(after);
        changed.push(after.finding);
        processed.push(identifier);
      }
      seen.add(keyOf(identifier));
    }
    await Promise.all(changed.map(announce));
    return { ProcessedFindings: processed, UnprocessedFindings: failed };
  };

  const getFindings = (input: Checked<schemas.GetFindingsRequest>): schemas.GetFindingsResponse => {
    const matching = store.seen().filter((finding) => matchesFindingFilters(finding, input.Filters ?? {}));
    const sorted = sortFindings(matching, input.SortCriteria ?? []);
    const { items, nextToken } = pageOf(sorted, input.MaxResults ?? MAX_PAGE, input.NextToken, INVALID);
    return { Findings: items, NextToken: nextToken };
  };

  return {
    name: 'securityhub',
    client: { schemas, config: new schemas.SecurityHubClient({ region }).config },
    invalidInputCode: INVALID,
    constraints: SECURITY_HUB_CONSTRAINTS,
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
    findings: store.all,
    receiveNative: async (finding) => {
      await Promise.all(keep(withoutExcessDetails(finding)).map(announce));
    },
  };
};
