/** Gives files to a reader the way a layer's scan does. */

import { fingerprintWith } from '../../../../shared/layer/fingerprint.ts';
import type { SecretReader } from '../../../../shared/layer/secrets/secret-reader.ts';
import { createSecretReader } from '../../../../shared/layer/secrets/secret-reader.ts';

export const give = (
  reader: SecretReader,
  path: string,
  content: Buffer | string,
  cuts: readonly number[] = [],
): void => {
  const bytes = Buffer.from(content);
  const sink = reader.entry({ path, rawName: path, type: 'file', mode: 0o644, uid: 0, gid: 0, size: bytes.length });
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    // What the scan hands over is overwritten afterwards.
    const piece = Buffer.from(bytes.subarray(from, to));
    sink?.write(piece);
    piece.fill(0);
    from = to;
  }
  sink?.end(true);
};

export const newReader = (): SecretReader => createSecretReader({ fingerprint: fingerprintWith('key') });

export const kindsIn = (path: string, content: Buffer | string, cuts: readonly number[] = []): readonly string[] => {
  const reader = newReader();
  give(reader, path, content, cuts);
  return reader.facts().secrets.map(({ kind }) => kind);
};
