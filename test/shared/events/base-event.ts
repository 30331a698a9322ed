/** The events that we wrote ourselves, and a way to break one field of a copy. */
import { readFileSync } from 'node:fs';

/** The event of test/fixtures/events, with the given paths (`detail.resources.0.id`) set; undefined takes a field away. */
export const baseEvent = (name: string, changes: Readonly<Record<string, unknown>> = {}): string => {
  const event: unknown = JSON.parse(
    readFileSync(new URL(`../../fixtures/events/${name}.json`, import.meta.url), 'utf8'),
  );
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let holder = event as Record<string, unknown>;
    for (const key of keys) {
      if (!(key in holder)) throw new Error(`${name} has no ${path}`);
      holder = holder[key] as Record<string, unknown>;
    }
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return JSON.stringify(event);
};

/** What the parse throws, as `CODE: message`. */
export const refusalOf = (parse: () => unknown): string => {
  try {
    parse();
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return `${code}: ${message}`;
  }
  return 'none';
};
