/** What an emulator does not have: every operation that is not there, and every contract that cannot be asked. */
import type { Party, Suite } from './parties.ts';

/** One operation that an adapter calls and a party does not have. */
export interface Missing {
  readonly party: Party;
  /** As in the table of operations: `Service Operation`. */
  readonly operation: string;
  /** Of the answer. */
  readonly status: number;
  readonly verdict: string;
}

const CUSTOMERS = "It is the customer's call: the one case that makes it is asked of the local endpoint.";

export const MISSING: readonly Missing[] = [
  {
    party: 'moto',
    operation: 'ECR GetDownloadUrlForLayer',
    status: 500,
    verdict: 'Configs and layers are read at the local endpoint only.',
  },
  {
    party: 'moto',
    operation: 'ECR ListImageReferrers',
    status: 500,
    verdict: 'The local endpoint is asked.',
  },
  {
    party: 'moto',
    operation: 'Inspector GetClustersForImage',
    status: 404,
    verdict: 'The local endpoint answers for it.',
  },
  {
    party: 'moto',
    operation: 'Inspector BatchGetFindingDetails',
    status: 404,
    verdict: 'The local endpoint is asked.',
  },
  { party: 'moto', operation: 'Security Hub BatchUpdateFindings', status: 404, verdict: CUSTOMERS },
  {
    party: 'ministack',
    operation: 'ECR ListImageReferrers',
    status: 400,
    verdict: 'The local endpoint is asked.',
  },
  {
    party: 'ministack',
    operation: 'Inspector GetClustersForImage',
    status: 400,
    verdict: 'The local endpoint answers for it.',
  },
  {
    party: 'ministack',
    operation: 'Security Hub BatchImportFindings',
    status: 400,
    verdict: 'moto and the local endpoint are asked.',
  },
  { party: 'ministack', operation: 'Security Hub BatchUpdateFindings', status: 400, verdict: CUSTOMERS },
  {
    party: 'ministack',
    operation: 'Security Hub GetFindings',
    status: 400,
    verdict: 'moto and the local endpoint are asked.',
  },
];

/** Suites that cannot be asked of a party at all. */
export const NOT_ASKED: readonly { readonly party: Party; readonly suite: Suite; readonly why: string }[] = [
  { party: 'ministack', suite: 'FindingSink', why: 'it has no Security Hub' },
];
