/** IAM's wildcards in resources and ARNs, which know of the colons between the parts. */
import { fitsWildcard, matchesWildcard } from '../wildcard.ts';

/**
 * As a statement's Resource: a wildcard stays within its part of the ARN, between two colons, but for a star at the end
 * of a part, which goes on beyond the colon.
 */
export const matchesResource = (pattern: string, resource: string): boolean =>
  fitsWildcard(pattern, resource, (at, character) => {
    const endsPart = pattern[at + 1] === undefined || pattern[at + 1] === ':';
    return character !== ':' || (pattern[at] === '*' && endsPart);
  });

const PARTS = 6;

const partsOf = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, PARTS - 1), ...(parts.length < PARTS ? [] : [parts.slice(PARTS - 1).join(':')])];
};

/** As the operators for ARNs compare: each of the six parts by itself. */
export const matchesArn = (pattern: string, arn: string): boolean => {
  const [expected, given] = [partsOf(pattern), partsOf(arn)];
  return (
    expected.length === PARTS &&
    given.length === PARTS &&
    expected.every((part, index) => matchesWildcard(part, given[index] ?? ''))
  );
};
