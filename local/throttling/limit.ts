/** A limit of an AWS service on how often it may be called: one token bucket, per account and Region. */

/** Where the numbers are from: a page of AWS, or an assumption where AWS publishes none. */
export type LimitSource = { readonly published: string } | { readonly assumed: string };

export interface Limit {
  /** As the SigV4 credential scope spells it. */
  readonly service: string;
  /** They share the bucket; `each other` is every operation that no limit of the service names, with a bucket each. */
  readonly operations: readonly string[] | 'each other';
  /** Tokens that come back in a second: the rate that can be kept up. A whole number. */
  readonly perSecond: number;
  /** Tokens in a full bucket: calls that may come at once. */
  readonly burst: number;
  readonly source: LimitSource;
}
