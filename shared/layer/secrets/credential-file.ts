/** A file that keeps credentials under a known name or in a known shape: read whole, understood by its own syntax. */
import type { SecretKind } from '../layer-report.ts';

export interface CredentialFile {
  readonly kind: SecretKind;
  /** For the reference page: which files, and what in them. */
  readonly recognised: string;
  /** Bytes; longer ones are not read. */
  readonly limit: number;
  /** Its name says that it holds credentials: one that is too long is said to be unread. */
  readonly mustBeRead: boolean;
  readonly matches: (path: string) => boolean;
  /** Values that stand in for a secret are none. */
  readonly secretsIn: (text: string) => readonly string[];
}

/** Far above what any such file has. */
export const WHOLE_FILE = 1024 * 1024;

/** By the end of the path, at a slash: `.docker/config.json`. */
export const named =
  (...names: readonly string[]): ((path: string) => boolean) =>
  (path) =>
    names.some((name) => path === name || path.endsWith(`/${name}`));

/** The group `secret` of every match. `pattern`: global. */
export const secretsOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(({ groups }) => groups?.secret ?? '');

/** XML without its comments: manuals stand in them. One that is not closed takes the rest. */
export const withoutComments = (xml: string): string => {
  let [kept, at] = ['', 0];
  for (;;) {
    const open = xml.indexOf('<!--', at);
    if (open < 0) return kept + xml.slice(at);
    kept += xml.slice(at, open);
    const close = xml.indexOf('-->', open);
    if (close < 0) return kept;
    at = close + 3;
  }
};
