/** What a secret looks like in a stream of bytes: a fixed word that it holds, a form around that word, and a proof. */
import type { SecretKind } from '../layer-report.ts';

/** A place where the form fits. */
export interface Fit {
  /** The content around it, one character a byte: at least 4 KiB before it where the file has them. */
  readonly text: string;
  readonly start: number;
  readonly match: RegExpExecArray;
  /** Of the file, as it lands in the image. */
  readonly path: string;
}

export interface Detector {
  readonly kind: SecretKind;
  /** What is recognised, for the reference page; several detectors of a kind say their parts. */
  readonly recognised: string;
  /** Every secret of this form holds one of these, of four characters and more. */
  readonly anchors: readonly string[];
  /** How many characters before its anchor the form begins; absent: none. */
  readonly before?: number;
  /**
   * Sticky, at most `LONGEST` characters. No two attempts read the same long run: it stands behind a boundary that its
   * own repeats exclude, or they are bounded. Detectors that share a form and its anchors share the match too.
   */
  readonly form: RegExp;
  /** True: the form alone proves it, and it counts wherever it stands. False: not in published material. */
  readonly proven: boolean;
  /** The secret values; empty where the form deceives. Linear in the match and in what it looks at beside it. */
  readonly secretsIn: (fit: Fit) => readonly (string | Buffer)[];
}

/** Characters of the longest form: a private key of 16384 bits, in Base64 twice. */
export const LONGEST = 32 * 1024;
/** Characters before a form that a detector may look at. */
export const LOOK_BACK = 4 * 1024;

/** Before a token: nothing that could be part of it; an escaped line end and a percent escape are. */
export const ALONE = String.raw`(?<=^|[^A-Za-z0-9_-]|\\[nrt]|%[0-9A-Fa-f]{2})`;
/** After a token. */
export const ENDED = '(?![A-Za-z0-9_-])';

/** `["'] = ["']` and its likes: what stands between a name and its value. */
export const BETWEEN = String.raw`\\?["'\]]{0,2}\s{0,4}(?:=>|:=|[:=,>]|\s)\s{0,4}\\?["']?`;
