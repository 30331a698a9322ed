/** Texts in a package's sources that are replaced, and the check that each was there. */

/** The text to be replaced wherever it is, and what takes its place. */
export type Replacement = readonly [from: string, to: string];

export interface Replacements {
  /** One source with everything replaced. */
  readonly apply: (source: string) => string;
  /** Throws when there is a text that no source had: another version of the package may have it in other words. */
  readonly requireAll: () => void;
}

export const createReplacements = (replacements: readonly Replacement[]): Replacements => {
  const missing = new Set(replacements.map(([from]) => from));
  return {
    apply: (source) =>
      replacements.reduce((text, [from, to]) => {
        if (text.includes(from)) missing.delete(from);
        return text.replaceAll(from, () => to);
      }, source),
    requireAll: () => {
      if (missing.size > 0) throw new Error(`No source has what is to be replaced: ${[...missing].join(', ')}`);
    },
  };
};
