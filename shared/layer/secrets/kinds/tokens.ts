/** A token whose form alone proves it, as a detector. */
import type { SecretKind } from '../../layer-report.ts';
import { ALONE, type Detector, ENDED } from '../detector.ts';
import { isRandom } from '../plausible.ts';

export interface TokenForm {
  readonly kind: SecretKind;
  readonly recognised: string;
  readonly anchors: Detector['anchors'];
  readonly before?: number;
  /** Of a regular expression; a group `random`, if there is one, is what must be random. */
  readonly form: string;
  /** Bits of entropy a character of the random part. */
  readonly entropy: number;
  readonly proves?: (random: string) => boolean;
}

export const token = ({ kind, recognised, anchors, before, form, entropy, proves }: TokenForm): Detector => ({
  kind,
  recognised,
  anchors,
  ...(before === undefined ? {} : { before }),
  form: new RegExp(`${ALONE}(?:${form})${ENDED}`, 'y'),
  proven: true,
  secretsIn: ({ match }) => {
    const random = match.groups?.random ?? match[0];
    return isRandom(random, entropy) && (proves?.(random) ?? true) ? [match[0]] : [];
  },
});

export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const DIGITS = '0123456789';

/** Anchors from one that is too short to be one. */
export const followedBy = (start: string, characters: string): readonly string[] =>
  [...characters].map((character) => start + character);
