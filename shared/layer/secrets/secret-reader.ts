/** Finds the secrets in the content of a layer's files. Nothing of a value is kept but its fingerprint. */
import { REDACTED, redactText } from '../../base/redaction.ts';
import type { ContentSink, LayerReader } from '../layer-reader.ts';
import type { FoundSecret, SecretKind, Truncation } from '../layer-report.ts';
import type { Detector } from './detector.ts';
import { createFileFindings, type Fingerprint } from './file-findings.ts';
import { isPublishedMaterial } from './published-material.ts';
import { readCredentialFile } from './read-credential-file.ts';
import { createContentScanner } from './scan-content.ts';
import { CREDENTIAL_FILES } from './secret-files.ts';
import { DETECTORS } from './secret-kinds.ts';
import { isPacked, readUnpacked, UNPACKED_LIMIT } from './unpacked.ts';

export interface SecretLimits {
  /** Secrets of one file. */
  readonly perFile: number;
  /** Secrets of one layer. */
  readonly perLayer: number;
  /** Bytes out of all packed files of one layer. */
  readonly unpackedBytes: number;
}
const LIMITS: SecretLimits = { perFile: 100, perLayer: 1000, unpackedBytes: UNPACKED_LIMIT };

export interface SecretReader extends LayerReader {
  /**
   * After the last entry. `truncated`, one of a sort: more secrets than the limits; a credential file too long to read,
   * or packed files with more in them than the limit.
   */
  readonly facts: () => { readonly secrets: readonly FoundSecret[]; readonly truncated: readonly Truncation[] };
}

/** One entry at a time: the next begins when the one before has ended. `fingerprint`: a keyed hash of kind and value. */
export const createSecretReader = (options: {
  readonly fingerprint: Fingerprint;
  readonly limits?: Partial<SecretLimits>;
}): SecretReader => {
  const { fingerprint } = options;
  const limits = { ...LIMITS, ...options.limits };
  const scan = createContentScanner(DETECTORS);
  /** Both are read at once, each through a window of its own. */
  const scanPacked = createContentScanner(DETECTORS);
  let unpacked = 0;
  const secrets = new Map<string, FoundSecret>();
  const truncated = new Map<Truncation['by'], Truncation>();

  const cut = (by: Truncation['by'], text: string): void => {
    if (!truncated.has(by)) truncated.set(by, { by, text });
  };

  const keep = (path: string, kind: SecretKind, hash: string): void => {
    const key = `${kind} ${hash} ${path}`;
    if (secrets.has(key) || secrets.size < limits.perLayer) secrets.set(key, { kind, path, fingerprint: hash });
    else cut('findings', `more than ${limits.perLayer} secrets in the layer; the others are not listed`);
  };

  return {
    entry: ({ path, type, size }) => {
      if (type !== 'file' || size === 0) return undefined;
      const published = isPublishedMaterial(path);
      const findings = createFileFindings(fingerprint, limits.perFile);
      /** Of a file with secrets, as it is shown: without those that its own name repeats. */
      let shown: string | undefined;

      const report = (kind: SecretKind, value: Buffer): boolean => {
        shown = without(value, shown ?? redactText(path));
        const added = findings.add(kind, value);
        if (!added) cut('findings', `more than ${limits.perFile} secrets in ${shown}; the others are not listed`);
        return added;
      };
      const wanted = ({ proven }: Detector): boolean => proven || !published;
      const allows = (bytes: number): boolean => {
        unpacked += bytes;
        const fits = unpacked <= limits.unpackedBytes;
        if (!fits)
          cut(
            'file-size',
            `the packed files of the layer hold more than ${limits.unpackedBytes} bytes; from ${shown ?? redactText(path)} on, they were not unpacked`,
          );
        return fits;
      };

      const sinks: ContentSink[] = [scan(path, report, wanted)];
      const files = published ? [] : CREDENTIAL_FILES.filter(({ matches }) => matches(path));
      for (const file of files) {
        sinks.push(readCredentialFile(file, report));
        if (size > file.limit && file.mustBeRead)
          cut(
            'file-size',
            `${redactText(path)} is longer than ${file.limit} bytes and was not read as what its name says`,
          );
      }
      if (isPacked(path)) sinks.push(readUnpacked(scanPacked(path, report, wanted), allows));

      return {
        write: (chunk) => {
          for (const sink of sinks) sink.write(chunk);
        },
        end: (whole) => {
          for (const sink of sinks) sink.end(whole);
          for (const { kind, fingerprint: hash } of findings.list()) keep(shown ?? redactText(path), kind, hash);
        },
      };
    },
    facts: () => ({ secrets: [...secrets.values()], truncated: [...truncated.values()] }),
  };
};

/** A value is bytes; a path, the characters that they stand for: in UTF-8, or else in Latin-1. */
const without = (value: Buffer, path: string): string =>
  path.replaceAll(value.toString('utf8'), REDACTED).replaceAll(value.toString('latin1'), REDACTED);
