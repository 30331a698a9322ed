/** Files packed with gzip inside a layer: one level of it, of small ones. */
import { gunzipSync } from 'node:zlib';
import { type ContentSink, collect } from '../layer-reader.ts';
import type { ContentScan } from './scan-content.ts';

/** Bytes; what is longer stays packed and is read as it is. */
export const PACKED_LIMIT = 2 * 1024 * 1024;
export const UNPACKED_LIMIT = 10 * 1024 * 1024;

export const isPacked = (path: string): boolean => /\.t?gz$/.test(path);

const unpack = (content: Buffer): Buffer | undefined => {
  try {
    return gunzipSync(content, { maxOutputLength: UNPACKED_LIMIT });
  } catch {
    // No gzip in spite of its name, cut, or longer than the limit: zlib says so by throwing, and nothing else throws here.
    return undefined;
  }
};

/** `open`: begins a scan of what was inside. */
export const readUnpacked = (open: () => ContentScan): ContentSink =>
  collect(PACKED_LIMIT, (content) => {
    const inner = content && unpack(content);
    if (inner === undefined) return;
    const scan = open();
    scan.write(inner);
    scan.end();
  });
