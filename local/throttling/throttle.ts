/** Refuses calls that come faster than AWS takes them. */
import type { LocalClock } from '../clock.ts';
import type { Limit } from './limit.ts';
import { LIMITS } from './limits.ts';
import { throttlingError } from './throttling-error.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

export interface ThrottledCall {
  readonly service: string;
  readonly operation: string;
}

export interface Throttle {
  /** Takes a token for the call; throws the service's own AwsError when there is none. */
  readonly admit: (call: ThrottledCall) => void;
}

/** Undefined for a call that nothing limits. */
export const limitOf = ({ service, operation }: ThrottledCall): Limit | undefined => {
  const limits = LIMITS.filter((limit) => limit.service === service);
  return (
    limits.find(({ operations }) => operations !== 'each other' && operations.includes(operation)) ??
    limits.find(({ operations }) => operations === 'each other')
  );
};

const bucketName = ({ service, operations }: Limit, operation: string): string =>
  `${service} ${operations === 'each other' ? operation : operations.join(' ')}`;

/** The buckets are those of one account in one Region, whoever calls. */
export const createThrottle = ({ clock }: { readonly clock: Pick<LocalClock, 'nowMs'> }): Throttle => {
  const buckets = new Map<string, TokenBucket>();
  return {
    admit: (call) => {
      const limit = limitOf(call);
      if (limit === undefined) return;
      const name = bucketName(limit, call.operation);
      const bucket = buckets.get(name) ?? createTokenBucket(limit);
      buckets.set(name, bucket);
      if (!bucket.take(clock.nowMs())) throw throttlingError(call.service);
    },
  };
};
