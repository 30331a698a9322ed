/** Reads events from files: one event, an array of events, or JSON lines; directories in byte order of their paths. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

export interface EventFiles {
  readonly events: readonly { readonly file: string; readonly event: unknown }[];
  /** What could not be read, and why. */
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
}

/** Never throws for a bad file: the good ones are still sent. */
export const readEventFiles = async (paths: readonly string[]): Promise<EventFiles> => {
  const events: { file: string; event: unknown }[] = [];
  const problems: { file: string; reason: string }[] = [];
  for (const given of paths) {
    const files = await filesUnder(given).catch((thrown: unknown) => {
      problems.push({ file: given, reason: reasonOf(thrown) });
      return [];
    });
    if (files.length === 0 && !problems.some(({ file }) => file === given))
      problems.push({ file: given, reason: 'it holds no .json, .jsonl or .ndjson file' });
    for (const file of files) {
      const parsed = await readFile(file, 'utf8').then(
        parseEvents,
        (thrown: unknown): Parsed => ({ ok: false, reason: reasonOf(thrown) }),
      );
      if (!parsed.ok) problems.push({ file, reason: parsed.reason });
      else for (const event of parsed.events) events.push({ file, event });
    }
  }
  return { events, problems };
};

const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    ? 'there is no such file'
    : `it cannot be read: ${String(thrown)}`;

const EVENT_FILE = /\.(json|jsonl|ndjson)$/;

const filesUnder = async (given: string): Promise<readonly string[]> => {
  if (!(await stat(given)).isDirectory()) return [given];
  const entries = await readdir(given, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && EVENT_FILE.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
};

type Parsed =
  | { readonly ok: true; readonly events: readonly unknown[] }
  | { readonly ok: false; readonly reason: string };

const parseEvents = (text: string): Parsed => {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') return { ok: false, reason: 'it is empty' };
  const whole = parseJson(content);
  if (whole.ok) return { ok: true, events: Array.isArray(whole.value) ? whole.value : [whole.value] };
  const lines = content
    .split('\n')
    .map((line, index) => ({ number: index + 1, line }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ number, line }) => ({ number, parsed: parseJson(line) }));
  const damaged = lines.find(({ parsed }) => !parsed.ok);
  // A line that is an object beside one that does not read: a damaged JSON lines file; without any it is no JSON at all.
  if (damaged && lines.some(({ parsed }) => parsed.ok && typeof parsed.value === 'object' && parsed.value !== null))
    return { ok: false, reason: `line ${damaged.number} is not JSON (one event a line was expected)` };
  if (damaged) return { ok: false, reason: `it is not JSON: ${whole.reason}` };
  return { ok: true, events: lines.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : [])) };
};

const parseJson = (
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (thrown) {
    return { ok: false, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};
