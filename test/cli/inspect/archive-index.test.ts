import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveIndex, fileNamed, indexArchive } from '../../../cli/inspect/archive-index.ts';
import { readPart } from '../../../cli/inspect/file-part.ts';
import { octal, padded, tarBlock, tarEntry } from '../../shared/layer/tar/tar-bytes.ts';
import { tarOf } from '../../support/build-image-layout.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

const END = Buffer.alloc(1024);

const indexed = async (bytes: Buffer): Promise<ArchiveIndex> => {
  const file = path.join(folder, 'archive');
  await writeFile(file, bytes);
  const handle = await open(file);
  try {
    return await indexArchive(handle);
  } finally {
    await handle.close();
  }
};

const contentOf = async (bytes: Buffer, name: string): Promise<string | undefined> => {
  const part = fileNamed(await indexed(bytes), name);
  const handle = await open(path.join(folder, 'archive'));
  try {
    return part && (await readPart(handle, part, 1_000)).toString('utf8');
  } finally {
    await handle.close();
  }
};

const paxRecord = (key: string, value: string): string => {
  const rest = ` ${key}=${value}\n`;
  const digits = String(rest.length).length;
  const length = rest.length + digits;
  return `${String(length).length > digits ? length + 1 : length}${rest}`;
};

describe('the index of an archive', () => {
  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['by itself', () => tarOf({ wanted: 'here' })],
    ['behind others', () => tarOf({ one: 'x'.repeat(1_000), two: '', wanted: 'here', three: 'y' })],
    ['with a dot before it', () => tarOf({ './wanted': 'here' })],
    ['behind a directory', () => tarOf({ 'folder/': { header: { type: 'directory' } }, wanted: 'here' })],
    ['as V7 wrote it', () => Buffer.concat([tarEntry({ name: 'wanted', typeflag: '\0', magic: '' }, 'here'), END])],
    [
      'with its size in a pax record',
      () =>
        Buffer.concat([
          tarEntry({ name: 'pax', typeflag: 'x' }, paxRecord('size', '4')),
          tarBlock({ name: 'wanted', size: octal(0) }),
          padded('here'),
          END,
        ]),
    ],
    [
      'with its name in a pax record',
      () =>
        Buffer.concat([
          tarEntry({ name: 'pax', typeflag: 'x' }, paxRecord('path', 'wanted')),
          tarEntry({ name: 'other' }, 'here'),
          END,
        ]),
    ],
    [
      'with its name in a header of GNU',
      () =>
        Buffer.concat([
          tarEntry({ name: '././@LongLink', typeflag: 'L' }, 'wanted\0'),
          tarEntry({ name: 'other' }, 'here'),
          END,
        ]),
    ],
    ['where the archive has no end', () => tarEntry({ name: 'wanted' }, 'here')],
    [
      'through the link that old archives of Docker have',
      () => tarOf({ 'aa/layer.tar': 'here', wanted: { header: { type: 'symlink', linkname: 'aa/layer.tar' } } }),
    ],
  ])('finds a file %s', async (_title, archive) => {
    expect(await contentOf(await archive(), 'wanted')).toBe('here');
  });

  it('resolves a link from the place where it stands', async () => {
    const archive = await tarOf({
      'aa.tar': 'here',
      'bb/layer.tar': { header: { type: 'symlink', linkname: '../aa.tar' } },
    });
    expect(await contentOf(archive, 'bb/layer.tar')).toBe('here');
  });

  it('follows no link twice, and none out of the archive', async () => {
    const archive = await tarOf({
      one: { header: { type: 'symlink', linkname: 'two' } },
      two: { header: { type: 'symlink', linkname: 'one' } },
      out: { header: { type: 'symlink', linkname: '../../etc/passwd' } },
    });
    const index = await indexed(archive);
    expect([fileNamed(index, 'one'), fileNamed(index, 'out')]).toEqual([undefined, undefined]);
  });

  it.each<[string, Buffer, string]>([
    ['what is no archive', Buffer.alloc(2_048, 'no tar '), 'LAYER_INVALID'],
    ['a size below zero', tarEntry({ size: Buffer.alloc(12, 0xff) }), 'LAYER_INVALID'],
    ['a pax size below zero', tarEntry({ typeflag: 'x' }, paxRecord('size', '-9')), 'LAYER_INVALID'],
    ['a pax header that is cut off', tarBlock({ typeflag: 'x', size: octal(900) }), 'LAYER_INVALID'],
    ['a pax header longer than any', tarBlock({ typeflag: 'x', size: octal(2 ** 21) }), 'TOO_LARGE'],
  ])('refuses %s', async (title, bytes, code) => {
    const archive = title.includes('pax size') ? Buffer.concat([bytes, tarEntry({ name: 'file' }), END]) : bytes;
    await expect(indexed(archive)).rejects.toMatchObject({ code });
  });

  it('refuses an archive of more files than any image has', async () => {
    const entry = tarBlock({ name: 'f' });
    await expect(indexed(Buffer.concat(Array.from({ length: 20_001 }, () => entry)))).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

describe('a part of a file', () => {
  it('that is not all there is not read', async () => {
    const archive = (await tarOf({ wanted: 'x'.repeat(900) })).subarray(0, 600);
    await expect(contentOf(archive, 'wanted')).rejects.toMatchObject({ code: 'LAYER_INVALID' });
  });

  it('that is longer than the limit is not read', async () => {
    await expect(contentOf(await tarOf({ wanted: 'x'.repeat(1_001) }), 'wanted')).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});
