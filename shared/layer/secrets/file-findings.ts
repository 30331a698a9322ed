/** The secrets of one file, each once, under the most telling of its kinds. */
import type { SecretKind } from '../layer-report.ts';

export type Fingerprint = (kind: SecretKind, value: Buffer) => string;

export interface FileFindings {
  /** False: it would be one more than `limit`. */
  readonly add: (kind: SecretKind, value: Buffer) => boolean;
  readonly list: () => readonly { readonly kind: SecretKind; readonly fingerprint: string }[];
}

/** Kinds that say where a value stands and not what it is: `_authToken` of an npm token. */
const BY_PLACE: ReadonlySet<SecretKind> = new Set([
  'registry-credentials',
  'package-manager-credentials',
  'git-credentials',
  'netrc-credentials',
  'kubernetes-credentials',
  'terraform-state',
  'named-secret',
]);

/** A value is known again by its fingerprint under the kinds found so far: no value is kept. */
export const createFileFindings = (fingerprint: Fingerprint, limit: number): FileFindings => {
  const found = new Map<SecretKind, Set<string>>();

  const kindOf = (value: Buffer): SecretKind | undefined => {
    for (const [kind, fingerprints] of found) if (fingerprints.has(fingerprint(kind, value))) return kind;
    return undefined;
  };
  const size = (): number => [...found.values()].reduce((sum, fingerprints) => sum + fingerprints.size, 0);

  return {
    add: (kind, value) => {
      const known = kindOf(value);
      if (known !== undefined) {
        if (known === kind || !BY_PLACE.has(known) || BY_PLACE.has(kind)) return true;
        found.get(known)?.delete(fingerprint(known, value));
      } else if (size() >= limit) return false;
      const fingerprints = found.get(kind) ?? new Set();
      found.set(kind, fingerprints.add(fingerprint(kind, value)));
      return true;
    },
    list: () =>
      [...found].flatMap(([kind, fingerprints]) => [...fingerprints].map((each) => ({ kind, fingerprint: each }))),
  };
};
