/** One file of events: one event, an array of events, or one event a line (JSON lines). */
import { createReadStream } from 'node:fs';

/** An event, or why there is none in its place. No reason quotes the file: it may hold a secret. */
export type FileItem = { readonly ok: true; readonly event: unknown } | { readonly ok: false; readonly reason: string };

const LIMIT_MEGABYTES = 64;

/** Nothing for an empty array. Throws where the file cannot be read; what it holds never makes it throw. */
export async function* eventsInFile(file: string): AsyncGenerator<FileItem> {
  const bytes = await readBounded(file);
  if (bytes === undefined) yield refused(`it is larger than ${LIMIT_MEGABYTES} MB, the most that is read: split it`);
  else yield* itemsFrom(bytes);
}

/** Undefined for a file over the limit. Read as a stream: what a pipe or a device will give is not known before. */
const readBounded = async (file: string): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
    size += chunk.length;
    if (size > LIMIT_MEGABYTES * 1_048_576) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const refused = (reason: string): FileItem => ({ ok: false, reason });

function* itemsFrom(bytes: Buffer): Generator<FileItem> {
  const whole = parse(bytes);
  if (whole.ok && Array.isArray(whole.value)) for (const event of whole.value) yield { ok: true, event };
  else if (whole.ok) yield { ok: true, event: whole.value };
  else if (isJsonLines(bytes)) yield* itemsFromLines(bytes);
  else yield refused(REASONS[whole.reason](bytes));
}

/** A damaged line costs the others nothing. */
function* itemsFromLines(bytes: Buffer): Generator<FileItem> {
  for (const { number, line } of linesOf(bytes)) {
    const parsed = parse(line);
    if (parsed.ok) yield { ok: true, event: parsed.value };
    else if (parsed.reason === 'not JSON') yield refused(`line ${number} is not JSON (one event a line was expected)`);
    else if (parsed.reason === 'not UTF-8') yield refused(`line ${number} is not UTF-8 text`);
  }
}

type Reason = 'empty' | 'not UTF-8' | 'not JSON';
type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: Reason };

/** It also takes away a byte order mark. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

const parse = (bytes: Buffer): Parsed => {
  const text = decode(bytes);
  if (text === undefined) return { ok: false, reason: 'not UTF-8' };
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    // The parser's own words quote the text around the fault.
    return { ok: false, reason: 'not JSON' };
  }
};

const decode = (bytes: Buffer): string | undefined => {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** One object on a line of its own is enough, but not in a document over several lines, which begins with a bracket alone. */
const isJsonLines = (bytes: Buffer): boolean => {
  let isFirst = true;
  for (const { line } of linesOf(bytes)) {
    const parsed = parse(line);
    if (parsed.ok && typeof parsed.value === 'object' && parsed.value !== null) return true;
    if (!parsed.ok && parsed.reason === 'empty') continue;
    if (isFirst && /^\uFEFF?\s*[[{]\s*$/.test(line.toString())) return false;
    isFirst = false;
  }
  return false;
};

const LINE_END = 0x0a;

function* linesOf(bytes: Buffer): Generator<{ readonly number: number; readonly line: Buffer }> {
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const end = bytes.indexOf(LINE_END, start);
    const next = end === -1 ? bytes.length : end + 1;
    yield { number, line: bytes.subarray(start, next) };
    start = next;
  }
}

const REASONS: Readonly<Record<Reason, (bytes: Buffer) => string>> = {
  empty: () => 'it is empty',
  'not UTF-8': (bytes) =>
    /^(?:\xFF\xFE|\xFE\xFF)/.test(bytes.toString('latin1', 0, 2))
      ? 'it is UTF-16 text: save it as UTF-8'
      : 'it is not UTF-8 text',
  'not JSON': (bytes) => {
    const start = bytes.toString('utf8', 0, 100).replace('\uFEFF', '').trimStart();
    if (/^[[{]/.test(start))
      return 'it is not JSON: it is damaged, cut off, or holds several events that are not one a line';
    return /^[\w.-]+=/.test(start)
      ? 'it is not JSON: it looks like an HTTP form'
      : 'it is not JSON: it is some other text';
  },
};
