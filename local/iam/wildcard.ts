/** IAM's wildcards: `*` stands for any characters, `?` for any single one. */

/**
 * Whether the pattern fits the whole text. It keeps every place of the pattern that the text read so far can have led
 * to, so the time is bounded by the product of both lengths, whatever a policy says.
 */
const fits = (pattern: string, text: string, mayTake: (at: number, character: string) => boolean): boolean => {
  let places = pastStars(pattern, [0]);
  for (const character of text.split('')) {
    places = pastStars(
      pattern,
      [...places].flatMap((at) => {
        if (pattern[at] === '*') return mayTake(at, character) ? [at] : [];
        return pattern[at] === character || (pattern[at] === '?' && mayTake(at, character)) ? [at + 1] : [];
      }),
    );
  }
  return places.has(pattern.length);
};

/** A star may also stand for nothing. */
const pastStars = (pattern: string, places: readonly number[]): ReadonlySet<number> => {
  const reached = new Set(places);
  // A place that is added while the loop runs is visited too.
  for (const at of reached) if (pattern[at] === '*') reached.add(at + 1);
  return reached;
};

export const matchesWildcard = (pattern: string, text: string): boolean => fits(pattern, text, () => true);

/**
 * As a statement's Resource: a wildcard stays within its part of the ARN, between two colons, but for a star at the end
 * of a part, which goes on beyond the colon.
 */
export const matchesResource = (pattern: string, resource: string): boolean =>
  fits(pattern, resource, (at, character) => {
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
