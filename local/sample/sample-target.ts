/** What the sample events are about, and the envelope that EventBridge puts around them. */
import { randomUUID } from 'node:crypto';
import type { Digest } from '../../shared/image/digest.ts';

export interface SampleTarget {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: Digest;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  readonly now: Date;
}

export const envelope = (
  target: SampleTarget,
  source: string,
  detailType: string,
  resources: readonly string[],
  detail: object,
) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account: target.account,
  time: target.now.toISOString().replace(/\.\d+Z$/, 'Z'),
  region: target.region,
  resources,
  detail,
});
