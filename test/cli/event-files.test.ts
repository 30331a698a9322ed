import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    ['with text', 'hello\nworld\n', /^it is not JSON: it is some other text$/],
    ['with an HTTP form', 'payload=%7B%22type%22%3A', /^it is not JSON: it looks like an HTTP form$/],
    [
      'with one event that is cut off',
      '{\n  "resources": [\n    "arn:aws:ecr"\n',
      /^it is not JSON: it is damaged, cut off/,
    ],
    [
      'with a list of events that is cut off',
      '[\n{"id":"a"},\n{"id":"b"}\n',
      /^it is not JSON: it is damaged, cut off/,
    ],
    [
      'with two events over several lines',
      '{\n"id":"a"\n}\n{\n"id":"b"\n}\n',
      /several events that are not one a line$/,
    ],
  ])('%s gives no event, and the reason', async (_title, text, reason) => {
    const file = write('events.json', text);
    expect(await readEventFiles([file])).toEqual({
      events: [],
      problems: [{ file, reason: expect.stringMatching(reason) }],
    });
  });

  it.each<[string, string, readonly string[], number]>([
    ['among good ones', '{"id":"a"}\n{"id":\n{"id":"c"}\n', ['a', 'c'], 2],
    ['after empty ones', '{"id":"a"}\r\n\r\n\r\n{"id":\r\n', ['a'], 4],
    ['at the beginning', '{"id"\n{"id":"b"}\n', ['b'], 1],
    ['that is no object at all', '{"id":"a"}\noops\n', ['a'], 2],
  ])('with a damaged line %s gives the good ones, and the number of the damaged one', async (_, text, ids, line) => {
    const file = write('events.jsonl', text);
    expect(await readEventFiles([file])).toEqual({
      events: ids.map((id) => ({ file, event: { id } })),
      problems: [{ file, reason: `line ${line} is not JSON (one event a line was expected)` }],
    });
  });

  it.each<[string, Buffer, string]>([
    ['other than UTF-8', Buffer.from('{"name":"\xE9"}', 'latin1'), 'it is not UTF-8 text'],
    ['of UTF-16', Buffer.from('\uFEFF{"id":"a"}', 'utf16le'), 'it is UTF-16 text: save it as UTF-8'],
    ['of no text', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0xff]), 'it is not UTF-8 text'],
  ])('with bytes %s gives no event, and the reason', async (_title, bytes, reason) => {
    const file = path.join(folder, 'events.json');
    writeFileSync(file, bytes);
    expect(await readEventFiles([file])).toEqual({ events: [], problems: [{ file, reason }] });
  });

  it('with one line of other bytes gives the others', async () => {
    const file = path.join(folder, 'events.jsonl');
    writeFileSync(file, Buffer.from('{"id":"a"}\n{"id":"\xE9"}\n{"id":"c"}\n', 'latin1'));
    expect(await readEventFiles([file])).toEqual({
      events: [
        { file, event: { id: 'a' } },
        { file, event: { id: 'c' } },
      ],
      problems: [{ file, reason: 'line 2 is not UTF-8 text' }],
    });
  });

  it('with a secret in what cannot be read keeps it for itself', async () => {
    const file = write('events.json', '{"password": hunter2hunter2}');
    const { problems } = await readEventFiles([file]);
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each<[string, number, number]>([
    ['of 64 MB is read', 64 * 1_048_576, 1],
    ['of a byte more is refused', 64 * 1_048_576 + 1, 0],
  ])('%s', async (_title, size, events) => {
    const file = path.join(folder, 'large.json');
    writeFileSync(file, Buffer.alloc(size, ' '));
    writeFileSync(file, '{"id":"a"}', { flag: 'r+' });
    const read = await readEventFiles([file]);
    expect(read.events).toHaveLength(events);
    expect(read.problems.map(({ reason }) => reason)).toEqual(
      events > 0 ? [] : ['it is larger than 64 MB, the most that is read: split it'],
    );
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

  it('gives the files that it links to', async () => {
    const target = write('elsewhere/target.txt', '{"id":"a"}');
    const link = path.join(folder, 'links/link.json');
    mkdirSync(path.dirname(link));
    symlinkSync(target, link);
    expect(await readEventFiles([path.dirname(link)])).toEqual({
      events: [{ file: link, event: { id: 'a' } }],
      problems: [],
    });
  });

  it('without such a file is told', async () => {
    expect(await readEventFiles([folder])).toEqual({
      events: [],
      problems: [{ file: folder, reason: 'it holds no .json, .jsonl or .ndjson file' }],
    });
  });

  it('comes at its place among the paths that were given', async () => {
    const single = write('single.json', '{"id":"single"}');
    const inside = write('folder/inside.json', '{"id":"inside"}');
    const { events } = await readEventFiles([single, path.dirname(inside), single]);
    expect(events.map(({ file }) => file)).toEqual([single, inside, single]);
  });
});
