/** A process of its own that scans a layer, and says what it found and how much memory it ever had. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { isDigest } from '../../../shared/image/digest.ts';
import { scanLayer } from '../../../shared/layer/scan-layer.ts';

const [file = '', times = '1'] = process.argv.slice(2);

/** The layer is the file's bytes, again and again. */
async function* layer(onPiece: (piece: Buffer) => void): AsyncGenerator<Buffer> {
  for (let turn = 0; turn < Number(times); turn += 1)
    for await (const piece of createReadStream(file)) {
      onPiece(piece);
      yield piece;
    }
}

const hash = createHash('sha256');
let size = 0;
for await (const piece of layer((bytes) => hash.update(bytes))) size += piece.length;
const digest = `sha256:${hash.digest('hex')}`;
if (!isDigest(digest)) throw new TypeError('no digest');

let taken = 0;
const source = layer((piece) => {
  taken += piece.length;
});
const start = performance.now();
const report = await scanLayer(source, {
  digest,
  size,
  mediaType: 'application/vnd.oci.image.layer.v1.tar',
  now: Date.now,
  fingerprint: (kind, value) => createHash('sha256').update(kind).update(value).digest('hex').slice(0, 32),
});
const { truncated, files, uncompressedSize, compression } = report;
const peakKib = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ truncated, files, uncompressedSize, compression, size, taken, peakKib, seconds }));
