/** AWS's wildcards: `*` stands for any characters, or none, `?` for any single one. */

/**
 * Whether the pattern fits the whole text. It keeps every place of the pattern that the text read so far can have led
 * to, so the time is bounded by the product of both lengths, whatever a policy says.
 */
export const fitsWildcard = (
  pattern: string,
  text: string,
  mayTake: (at: number, character: string) => boolean,
): boolean => {
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

export const matchesWildcard = (pattern: string, text: string): boolean => fitsWildcard(pattern, text, () => true);
