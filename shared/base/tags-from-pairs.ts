/** Tags out of whatever a source gives for them: bounded by what AWS itself takes, and safe to look up by any key. */
import type { Tags } from './tags.ts';

/** AWS takes 50 of one's own on a resource; those that it sets itself (`aws:…`) come on top and are far fewer. */
const MOST = 100;
/** In Unicode characters, as AWS counts them. */
const KEY_LENGTH = 128;
const VALUE_LENGTH = 256;

/**
 * Of several pairs with the same key the first counts; what AWS would not take as a tag is left out. The result has no
 * prototype: `tags['constructor']` is as absent as any other key that nobody set.
 */
export const tagsFromPairs = (pairs: Iterable<readonly [key: unknown, value: unknown]>): Tags => {
  const tags: Record<string, string> = Object.create(null);
  let count = 0;
  for (const [key, value] of pairs) {
    if (count === MOST) break;
    if (!isText(key, KEY_LENGTH) || key === '' || !isText(value, VALUE_LENGTH) || key in tags) continue;
    tags[key] = value;
    count += 1;
  }
  return tags;
};

/** No character has more than two UTF-16 units: nothing longer than that needs to be counted. */
const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && (value.length <= max || (value.length <= 2 * max && [...value].length <= max));
