/** What a report says of a rule beside its verdict: its title, and what to do. */
import { IMAGE_RULES } from '../dossier/rules/catalogue.ts';
import type { ImageRule } from '../dossier/rules/image-rule.ts';

const BY_ID: ReadonlyMap<string, ImageRule> = new Map(IMAGE_RULES.map((rule) => [rule.id, rule]));

/** Undefined for a rule of another version than this one. */
export const ruleAbout = (id: string): ImageRule | undefined => BY_ID.get(id);
