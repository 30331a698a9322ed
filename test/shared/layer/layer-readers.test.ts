import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import type { ContentSink, TarEntry } from '../../../shared/layer/layer-reader.ts';
import { guardedReaders, type LayerReaders } from '../../../shared/layer/layer-readers.ts';
import { QUIET } from './layer-source.ts';

const ENTRY: TarEntry = { path: 'a', rawName: 'a', type: 'file', mode: 0o644, uid: 0, gid: 0, size: 3 };
const SECRET = { kind: 'jwt', path: 'a', fingerprint: '0'.repeat(32) } as const;
const VALUE = 'hunter2';

const fail = (): never => {
  throw new SekishoError('LAYER_INVALID', VALUE);
};
const SINK: ContentSink = { write: () => {}, end: () => {} };
const FOUND: LayerReaders['secrets'] = { entry: () => SINK, facts: () => ({ secrets: [SECRET], truncated: [] }) };

const scan = (readers: LayerReaders) => {
  const guarded = guardedReaders(readers);
  for (let turn = 0; turn < 2; turn += 1) {
    const sink = guarded.entry(ENTRY);
    sink?.write(Buffer.from(VALUE));
    sink?.end(true);
  }
  return guarded.facts();
};

describe('a reader that throws', () => {
  it.each<[string, Partial<LayerReaders['packages']>]>([
    ['on an entry', { entry: fail }],
    ['on content', { entry: () => ({ ...SINK, write: fail }) }],
    ['at the end of content', { entry: () => ({ ...SINK, end: fail }) }],
    ['when it is asked what it found', { facts: fail }],
  ])('%s is named by its error code alone, and the others go on', (_when, broken) => {
    expect(scan({ ...QUIET, secrets: FOUND, packages: { ...QUIET.packages, ...broken } })).toEqual({
      secrets: [SECRET],
      components: [],
      databases: [],
      notable: [],
      system: {},
      truncated: [{ by: 'failed', text: 'looking for packages failed: LAYER_INVALID' }],
    });
  });

  it('keeps what it found before, and is asked no more', () => {
    let asked = 0;
    const entry = (): never => {
      asked += 1;
      throw new Error(VALUE);
    };
    expect(scan({ ...QUIET, secrets: { ...FOUND, entry } })).toMatchObject({
      secrets: [SECRET],
      truncated: [{ by: 'failed', text: 'looking for secrets failed: UNEXPECTED' }],
    });
    expect(asked).toBe(1);
  });
});

it('gives every reader every entry and all of its content', () => {
  const told: string[] = [];
  const entry = (who: string) => (): ContentSink => ({
    write: (chunk) => told.push(`${who} ${chunk}`),
    end: (whole) => told.push(`${who} ${whole}`),
  });
  const guarded = guardedReaders({
    secrets: { ...QUIET.secrets, entry: entry('secrets') },
    packages: QUIET.packages,
    files: { ...QUIET.files, entry: entry('files') },
  });
  const sink = guarded.entry(ENTRY);
  sink?.write(Buffer.from('abc'));
  sink?.end(false);
  expect(told).toEqual(['secrets abc', 'files abc', 'secrets false', 'files false']);
});

it('wants no content that no reader wants', () => {
  expect(guardedReaders(QUIET).entry(ENTRY)).toBeUndefined();
});
