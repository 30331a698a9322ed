/** The rule that a verdict names. */
import { IMAGE_RULES } from './catalogue.ts';
import type { ImageRule } from './image-rule.ts';

const BY_ID = new Map(IMAGE_RULES.map((rule) => [rule.id, rule]));

/** Throws for an id that no rule has: verdicts are made from the catalogue alone. */
export const ruleById = (id: string): ImageRule => {
  const rule = BY_ID.get(id);
  if (rule === undefined) throw new TypeError(`There is no rule ${id}.`);
  return rule;
};
