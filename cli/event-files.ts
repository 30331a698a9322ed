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
    try {
      for (const file of await filesUnder(given)) {
        const parsed = parseEvents(await readFile(file, 'utf8'));
        if (parsed.ok) events.push(...parsed.events.map((event) => ({ file, event })));
        else problems.push({ file, reason: parsed.reason });
      }
    } catch (thrown) {
      const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
      problems.push({
        file: given,
        reason: missing ? 'there is no such file' : `it cannot be read: ${String(thrown)}`,
      });
    }
  }
  return { events, problems };
};

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
  const whole = parseJson(text.replace(/^\uFEFF/, ''));
  if (whole.ok) return { ok: true, events: Array.isArray(whole.value) ? whole.value : [whole.value] };
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parsed = lines.map(parseJson);
  const bad = parsed.findIndex((line) => !line.ok);
  // One line that reads and one that does not is a damaged JSON lines file; none that reads is no JSON at all.
  if (bad >= 0 && parsed.some((line) => line.ok) && lines.length > 1)
    return { ok: false, reason: `line ${bad + 1} is not JSON (one event a line was expected)` };
  if (bad >= 0 || lines.length === 0)
    return { ok: false, reason: whole.ok ? 'it is empty' : `it is not JSON: ${whole.reason}` };
  return { ok: true, events: parsed.flatMap((line) => (line.ok ? [line.value] : [])) };
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
