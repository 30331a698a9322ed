/** How often ordinary files are taken for secrets: those of this machine, as if they were an image's. */
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintWith } from '../../shared/layer/fingerprint.ts';
import { createSecretReader } from '../../shared/layer/secrets/secret-reader.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Directory on this machine → where it would be in an image. What is in them came with packages: no secret is true. */
const CORPUS = Object.entries({
  [path.join(ROOT, 'node_modules')]: 'app/node_modules',
  '/usr/share': 'usr/share',
  '/usr/lib': 'usr/lib',
  '/usr/bin': 'usr/bin',
}).filter(([directory]) => existsSync(directory));

/** Caches of this project's own tests, whose made-up tokens they hold. */
const OWN_CACHES = new Set(['.cache', '.vite', '.vite-temp', '.vitest-cache']);

const WANTED = 100_000;
const PIECE = Buffer.alloc(64 * 1024);

function* filesBelow(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory() && !OWN_CACHES.has(entry.name)) yield* filesBelow(file);
    else if (entry.isFile()) yield file;
  }
}

const FILES_A_LAYER = 5_000;

it('takes fewer than one in 100,000 ordinary files for a secret', { timeout: 900_000 }, () => {
  // The corpus is larger than a layer may be: it is read as several, so that none is cut and every file is looked at.
  const readers: ReturnType<typeof createSecretReader>[] = [];
  const readerFor = (file: number): ReturnType<typeof createSecretReader> => {
    if (file % FILES_A_LAYER === 0)
      readers.push(
        createSecretReader({ fingerprint: fingerprintWith('key'), limits: { perFile: 100, perLayer: 100_000 } }),
      );
    return readers.at(-1) ?? expect.unreachable();
  };
  let [files, bytes, spent] = [0, 0, 0];
  for (const [directory, place] of CORPUS)
    for (const file of filesBelow(directory)) {
      const inImage = path.posix.join(place, path.relative(directory, file));
      const handle = openSync(file, 'r');
      // Of an unknown length: credential files above their limit are read nevertheless.
      const sink = readerFor(files).entry({
        path: inImage,
        rawName: '',
        type: 'file',
        mode: 0o644,
        uid: 0,
        gid: 0,
        size: 1,
      });
      const next = () => readSync(handle, PIECE, 0, PIECE.length, null);
      for (let read = next(); read > 0; read = next()) {
        const start = performance.now();
        sink?.write(PIECE.subarray(0, read));
        spent += performance.now() - start;
        bytes += read;
      }
      const start = performance.now();
      sink?.end(true);
      spent += performance.now() - start;
      closeSync(handle);
      files += 1;
    }

  const facts = readers.map((reader) => reader.facts());
  const secrets = facts.flatMap((one) => one.secrets);
  const truncated = facts.flatMap((one) => one.truncated);
  const taken = new Set(secrets.map((secret) => secret.path)).size;
  const speed = Math.round(bytes / 1000 / spent);
  console.log(
    `${files} files, ${Math.round(bytes / 1e6)} MB, ${speed} MB/s: ${taken} taken for secrets, ${((taken * WANTED) / files).toFixed(2)} in ${WANTED}`,
  );
  if (files < WANTED) console.log(`fewer than ${WANTED} files on this machine: one false positive would be too many`);
  for (const secret of secrets) console.log(`${secret.kind}  ${secret.path}`);
  expect(truncated).toEqual([]);
  expect((taken * WANTED) / files).toBeLessThan(1);
});
