import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEventFiles } from '../../cli/event-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sekisho-events-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

describe('a file', () => {
  it.each<[string, string, readonly unknown[]]>([
    ['with one event', '{"id":"a"}', [{ id: 'a' }]],
    ['with one event over several lines', '{\n  "id": "a"\n}\n', [{ id: 'a' }]],
    ['with an array', '[{"id":"a"},{"id":"b"}]', [{ id: 'a' }, { id: 'b' }]],
    ['with an empty array', '[]', []],
    ['with one event a line', '{"id":"a"}\n{"id":"b"}\n', [{ id: 'a' }, { id: 'b' }]],
    ['with empty lines and Windows line ends', '{"id":"a"}\r\n\r\n{"id":"b"}\r\n', [{ id: 'a' }, { id: 'b' }]],
    ['that starts with a byte order mark', '\uFEFF{"id":"a"}', [{ id: 'a' }]],
    ['with one event a line after a byte order mark', '\uFEFF{"id":"a"}\n{"id":"b"}', [{ id: 'a' }, { id: 'b' }]],
  ])('%s is read', async (_title, text, events) => {
    const file = write('events.json', text);
    expect(await readEventFiles([file])).toEqual({ events: events.map((event) => ({ file, event })), problems: [] });
  });

  it('with more events than a call can have arguments is read', async () => {
    const file = write('many.jsonl', '{"id":"a"}\n'.repeat(200_000));
    expect((await readEventFiles([file])).events).toHaveLength(200_000);
  });

  it.each<[string, string, RegExp]>([
    ['that is empty', '', /^it is empty$/],
    ['with nothing but a byte order mark and white space', '\uFEFF \n\n', /^it is empty$/],
    ['with text', 'hello\nworld\n', /^it is not JSON: /],
    ['with one event that is cut off', '{\n  "resources": [\n    "arn:aws:ecr"\n', /^it is not JSON: /],
    ['with a damaged line among good ones', '{"id":"a"}\n{"id":\n{"id":"c"}\n', /^line 2 is not JSON/],
    ['with a damaged line after empty ones', '{"id":"a"}\n\n\n{"id":\n', /^line 4 is not JSON/],
    ['with a damaged first line', '{"id"\n{"id":"b"}\n', /^line 1 is not JSON/],
  ])('%s gives no event, and the reason', async (_title, text, reason) => {
    const file = write('events.json', text);
    expect(await readEventFiles([file])).toEqual({
      events: [],
      problems: [{ file, reason: expect.stringMatching(reason) }],
    });
  });

  it('that is not there is told, and the others are read', async () => {
    const [good, missing] = [write('good.json', '{"id":"a"}'), path.join(folder, 'missing.json')];
    expect(await readEventFiles([missing, good])).toEqual({
      events: [{ file: good, event: { id: 'a' } }],
      problems: [{ file: missing, reason: 'there is no such file' }],
    });
  });

  it('that is damaged costs the others of its directory nothing', async () => {
    const bad = write('a.json', '{');
    const good = write('b.json', '{"id":"b"}');
    expect(await readEventFiles([folder])).toEqual({
      events: [{ file: good, event: { id: 'b' } }],
      problems: [{ file: bad, reason: expect.stringMatching(/^it is not JSON/) }],
    });
  });
});

describe('a directory', () => {
  it('is read in the byte order of its paths, with what lies below it', async () => {
    const names = ['b.json', 'Z.jsonl', 'a/2.ndjson', 'a/10.json', 'a.json', 'é.json', 'z.json'];
    for (const name of names) write(name, JSON.stringify({ name }));
    const { events } = await readEventFiles([folder]);
    expect(events.map(({ file }) => path.relative(folder, file))).toEqual([
      'Z.jsonl',
      'a.json',
      'a/10.json',
      'a/2.ndjson',
      'b.json',
      'z.json',
      'é.json',
    ]);
  });

  it('gives only files whose name says that they hold events', async () => {
    write('README.md', '# events');
    write('events.json.bak', '{');
    const file = write('event.json', '{"id":"a"}');
    expect(await readEventFiles([folder])).toEqual({ events: [{ file, event: { id: 'a' } }], problems: [] });
  });

  it('comes at its place among the paths that were given', async () => {
    const single = write('single.json', '{"id":"single"}');
    const inside = write('folder/inside.json', '{"id":"inside"}');
    const { events } = await readEventFiles([single, path.dirname(inside), single]);
    expect(events.map(({ file }) => file)).toEqual([single, inside, single]);
  });
});
