/** What is remembered of the rules that failed for a tag, so that what is mended can be closed. */
import type { Digest } from '../image/digest.ts';
import type { Severity } from '../rules/rule.ts';

export interface IssueEntry {
  /** Of the push that was inspected last, ISO 8601 in UTC with milliseconds; text order is time order. */
  readonly pushedAt: string;
  readonly digest: Digest;
  /** Every rule that has failed here and may still be open somewhere, by id. */
  readonly rules: readonly RememberedIssue[];
}

export interface RememberedIssue {
  /** `IMG-001`. */
  readonly rule: string;
  readonly open: boolean;
  /** As it was open last: what is mended was that severe. */
  readonly severity: Severity;
  readonly confirmed: boolean;
  readonly firstObservedAt: string;
  /** Of the finding as it was sent last; the same content has the same time, however often it is sent. */
  readonly updatedAt: string;
  /** A mark of what is sent. */
  readonly content: string;
  /** It was sent, as `content` marks it. Until then it may be lost on the way. */
  readonly handedOver: boolean;
}

/** The entry, once these were sent. */
export const withHandedOver = (entry: IssueEntry, sent: readonly { readonly rule: string }[]): IssueEntry => {
  const rules = new Set(sent.map(({ rule }) => rule));
  return { ...entry, rules: entry.rules.map((one) => (rules.has(one.rule) ? { ...one, handedOver: true } : one)) };
};
