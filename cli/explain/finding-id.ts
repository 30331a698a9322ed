/** The ids of a finding that people have at hand: ours, Security Hub's, or that of the finding's source. */
import { type FindingKey, isFindingKey } from '../../shared/finding/finding-key.ts';

export type FindingId =
  | { readonly kind: 'key'; readonly key: FindingKey }
  /** The ARN of a finding of Inspector or GuardDuty; what names one of our rules about an image. */
  | { readonly kind: 'source'; readonly arn: string };

export const ID_FORMS = [
  'Finding ids:',
  '  inspector2-<40 hex digits>, guardduty-…, sekisho-…      as `sekisho replay` prints them (finding)',
  '  sekisho/inspector2-<40 hex digits>                      as Security Hub shows them (Finding ID)',
  '  arn:aws:inspector2:…, arn:aws:guardduty:…               of the finding in Inspector or GuardDuty',
  '  sekisho:REGISTRY/REPOSITORY:TAG:PLATFORM:IMG-001        of what a rule says of an image',
].join('\n');

/** Anywhere in the text: Security Hub writes it behind ARNs and in the addresses of its pages. */
const KEY = /(?:inspector2|guardduty|sekisho)-[a-f0-9]{40}(?![a-f0-9])/g;
const SOURCE_ARN = /^(?:arn:aws[a-z-]*:(?:inspector2|guardduty)|sekisho):[\w/:.-]+$/;

/** Undefined for what is no id, and for a text that holds several. */
export const parseFindingId = (text: string): FindingId | undefined => {
  const [key, ...others] = new Set(text.match(KEY));
  if (key !== undefined) return others.length === 0 && isFindingKey(key) ? { kind: 'key', key } : undefined;
  const arn = text.trim();
  return SOURCE_ARN.test(arn) ? { kind: 'source', arn } : undefined;
};
