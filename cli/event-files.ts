/** Reads events from files and directories, in the order given; directories in byte order of their paths. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { eventsInFile } from './event-file.ts';
import { unreadReason } from './unread-file.ts';

export type FromFiles =
  | { readonly kind: 'event'; readonly file: string; readonly event: unknown }
  /** A record, or a whole file, that was read and is no event. */
  | { readonly kind: 'no event'; readonly file: string; readonly reason: string }
  /** A file with an empty list. */
  | { readonly kind: 'nothing'; readonly file: string; readonly reason: string }
  /** A path that could not be read. */
  | { readonly kind: 'unread'; readonly file: string; readonly reason: string };

/** Never throws for a bad path or file: the good ones are still read. */
export async function* eventsInFiles(paths: readonly string[]): AsyncGenerator<FromFiles> {
  for (const given of paths) {
    const found = await filesUnder(given).catch(unreadReason);
    if (typeof found === 'string') yield { kind: 'unread', file: given, reason: found };
    else if (found.length === 0)
      yield { kind: 'unread', file: given, reason: 'it holds no .json, .jsonl or .ndjson file' };
    else for (const file of found) yield* eventsOf(file);
  }
}

async function* eventsOf(file: string): AsyncGenerator<FromFiles> {
  let isEmpty = true;
  try {
    for await (const item of eventsInFile(file)) {
      isEmpty = false;
      if (item.ok) yield { kind: 'event', file, event: item.event };
      else yield { kind: 'no event', file, reason: item.reason };
    }
  } catch (thrown) {
    yield { kind: 'unread', file, reason: unreadReason(thrown) };
    return;
  }
  if (isEmpty) yield { kind: 'nothing', file, reason: 'it is an empty list: there is no event in it' };
}

export interface EventFiles {
  readonly events: readonly { readonly file: string; readonly event: unknown }[];
  /** What could not be read, and why. */
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
}

/** All at once. */
export const readEventFiles = async (paths: readonly string[]): Promise<EventFiles> => {
  const events: { file: string; event: unknown }[] = [];
  const problems: { file: string; reason: string }[] = [];
  for await (const item of eventsInFiles(paths)) {
    if (item.kind === 'event') events.push({ file: item.file, event: item.event });
    else if (item.kind !== 'nothing') problems.push({ file: item.file, reason: item.reason });
  }
  return { events, problems };
};

const EVENT_FILE = /\.(json|jsonl|ndjson)$/i;

const filesUnder = async (given: string): Promise<readonly string[]> => {
  if (!(await stat(given)).isDirectory()) return [given];
  const entries = await readdir(given, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && EVENT_FILE.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
};
