/** What all rules about images share: their shape, and the ways in which they answer. */
import type { Evidence, Rule, Verdict } from '../../rules/rule.ts';
import type { BuildStep, Fate, InspectedImage, Place } from '../inspected-image.ts';

export type ImageRule = Rule<InspectedImage>;

export const PASS = { verdict: 'pass' } as const satisfies Verdict;
export const unknownBecause = (missing: string): Verdict => ({ verdict: 'unknown', missing });
export const notApplicable = (because: string): Verdict => ({ verdict: 'not-applicable', because });

/** What is certain whatever else is missing. */
export const failOrPass = (
  evidence: readonly Evidence[],
  other: { readonly severity?: Rule<InspectedImage>['severity']; readonly confirmed?: boolean } = {},
): Verdict => {
  const [first, ...more] = evidence;
  return first === undefined ? PASS : { verdict: 'fail', evidence: [first, ...more], ...other };
};

/** Of a rule about files: nothing seen is no answer while a layer was not read in full. */
export const failOrPassByFiles = (
  { tree }: InspectedImage,
  evidence: readonly Evidence[],
  other: Parameters<typeof failOrPass>[1] = {},
): Verdict =>
  evidence.length === 0 && tree.incomplete !== undefined
    ? unknownBecause(tree.incomplete)
    : failOrPass(evidence, other);

/** Of a rule about instructions: nothing seen is no answer where history does not tell all. */
export const failOrPassBySteps = (
  { historyGap }: InspectedImage,
  evidence: readonly Evidence[],
  other: Parameters<typeof failOrPass>[1] = {},
): Verdict =>
  evidence.length === 0 && historyGap !== undefined ? unknownBecause(historyGap) : failOrPass(evidence, other);

/** Of the config, which is the last word: it belongs to whoever set it last, which the config does not tell. */
export const configEvidence = (text: string, step?: BuildStep): Evidence =>
  step === undefined ? { text, origin: 'unknown' } : stepEvidence(step, text);

export const stepEvidence = ({ index, origin, layer }: BuildStep, text: string): Evidence => ({
  text,
  origin,
  instruction: index,
  ...(layer && { layer }),
});

export const fileEvidence = ({ layer, origin, instruction }: Place, path: string, text: string = path): Evidence => ({
  text,
  origin,
  layer,
  path,
  ...(instruction !== undefined && { instruction }),
});

/** Whether the file is in the final tree. */
export const isPresent = ({ deletedBy }: Fate): boolean => deletedBy === undefined;

/** Of a small file that was read: `name` as `tree.system` calls it. */
export const systemEvidence = (
  { tree }: InspectedImage,
  name: keyof InspectedImage['tree']['system'],
  path: string,
  text: string,
): Evidence => {
  const place = tree.systemPlaces[name];
  return place === undefined ? { text, origin: 'unknown', path } : fileEvidence(place, path, text);
};
