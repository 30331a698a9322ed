/** Makes up a secret as Secrets Manager does when CloudFormation asks it to. */
import { randomInt } from 'node:crypto';
import type { SecretValue } from './template/secret.ts';

export type GeneratedSecret = Extract<SecretValue, { readonly kind: 'generated' }>;

/** A whole number from 0 up to, and not with, its argument. */
export type Pick = (below: number) => number;

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
/** Secrets Manager's own list. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Each type of character that is wanted, without those that are not. */
const typesOf = (wanted: GeneratedSecret): readonly string[] =>
  [
    wanted.excludeLowercase ? '' : LOWERCASE,
    wanted.excludeUppercase ? '' : LOWERCASE.toUpperCase(),
    wanted.excludeNumbers ? '' : NUMBERS,
    wanted.excludePunctuation ? '' : PUNCTUATION,
    wanted.includeSpace ? ' ' : '',
  ]
    .map((type) => [...type].filter((character) => !wanted.excludeCharacters.includes(character)).join(''))
    .filter((type) => type !== '');

const shuffled = (characters: readonly string[], pick: Pick): string =>
  characters
    .reduce<readonly string[]>((placed, character, count) => placed.toSpliced(pick(count + 1), 0, character), [])
    .join('');

const password = (wanted: GeneratedSecret, pick: Pick): string => {
  const types = typesOf(wanted);
  const required = wanted.requireEachIncludedType ? types : [];
  if (types.length === 0 || wanted.length < required.length)
    throw new Error(`No secret of ${wanted.length} characters can have what the template wants of it.`);
  const from = (characters: string): string => characters.charAt(pick(characters.length));
  const others = Array.from({ length: wanted.length - required.length }, () => from(types.join('')));
  return shuffled([...required.map(from), ...others], pick);
};

const templateFrom = (text: string): object => {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('The template of a secret is a JSON object.');
  return parsed;
};

/** Another one at every start, as with every deployment. Throws for a wish that Secrets Manager refuses too. */
export const generatedSecret = (wanted: GeneratedSecret, pick: Pick = randomInt): string => {
  const made = password(wanted, pick);
  if (wanted.within === undefined) return made;
  return JSON.stringify({ ...templateFrom(wanted.within.template), [wanted.within.key]: made });
};
