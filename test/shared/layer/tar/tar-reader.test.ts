import fc from 'fast-check';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { TarEntry } from '../../../../shared/layer/layer-reader.ts';
import { createTarReader } from '../../../../shared/layer/tar/tar-reader.ts';
import {
  inPieces,
  octal,
  type PackedEntry,
  packed,
  padded,
  paxHeader,
  paxRecord,
  TAR_END,
  tarBlock,
  tarEntry,
  tarOf,
} from './tar-bytes.ts';

interface Seen {
  readonly entry: TarEntry;
  readonly sparse: boolean;
  content: string;
  whole?: boolean;
}

const read = (pieces: readonly Buffer[]): readonly Seen[] => {
  const seen: Seen[] = [];
  const reader = createTarReader((entry, sparse) => {
    const one: Seen = { entry, sparse, content: '' };
    seen.push(one);
    return {
      write: (chunk) => {
        one.content += chunk.toString('latin1');
      },
      end: (whole) => {
        if (one.whole !== undefined) throw new Error('ended twice');
        one.whole = whole;
      },
    };
  });
  for (const piece of pieces) reader.write(piece);
  reader.end();
  return seen;
};

const only = (archive: Buffer): Seen => {
  const seen = read([archive]);
  expect(seen).toHaveLength(1);
  return seen[0] as Seen;
};

const HIGH_UID = Buffer.from([0x80, 0, 0, 0, 0, 0x20, 0, 0]);
const MINUS_ONE = Buffer.alloc(8, 0xff);
const CAPABILITY = Buffer.from('0100000200200000000000000000000000000000', 'hex');
const LONG = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(90)}`;

const HEADERS: readonly (readonly [string, Buffer, Partial<TarEntry>])[] = [
  [
    'a file',
    tarEntry({ name: 'etc/passwd', mode: '0000640\0', uid: '0001750\0' }, 'abc'),
    { path: 'etc/passwd', type: 'file', mode: 0o640, uid: 1000, size: 3 },
  ],
  ['setuid, setgid and sticky bits, without the file type', tarEntry({ mode: '0107755\0' }), { mode: 0o7755 }],
  ['a number between spaces', tarEntry({ mode: '  755   ' }), { mode: 0o755 }],
  ['a number that is not there as 0', tarEntry({ uid: '' }), { uid: 0 }],
  ['a uid in base-256', tarEntry({ uid: HIGH_UID }), { uid: 0x200000 }],
  ['a uid below zero in base-256', tarEntry({ uid: MINUS_ONE }), { uid: -1 }],
  ['a name of 100 bytes without a NUL', tarEntry({ name: 'n'.repeat(100) }), { path: 'n'.repeat(100) }],
  ['a ustar prefix', tarEntry({ prefix: 'usr/share', name: 'doc' }), { path: 'usr/share/doc' }],
  [
    'no prefix in a GNU header, which keeps times there',
    tarEntry({ magic: 'ustar  \0', prefix: '14000000000', name: 'doc' }),
    { path: 'doc' },
  ],
  ['no prefix in a V7 header', tarEntry({ magic: '', prefix: 'usr', name: 'doc' }), { path: 'doc' }],
  [
    'a V7 file that ends in a slash as a directory',
    tarEntry({ magic: '', typeflag: '\0', name: 'etc/' }),
    { path: 'etc', type: 'directory' },
  ],
  ['a V7 file', tarEntry({ magic: '', typeflag: '\0', name: 'etc' }), { type: 'file' }],
  [
    'a directory',
    tarEntry({ typeflag: '5', name: './var/tmp/' }),
    { path: 'var/tmp', rawName: './var/tmp/', type: 'directory' },
  ],
  ['a symbolic link', tarEntry({ typeflag: '2', linkName: '../a' }), { type: 'symlink', linkName: '../a' }],
  ['a hard link', tarEntry({ typeflag: '1', linkName: 'a' }), { type: 'hardlink', linkName: 'a' }],
  [
    'a character device with its numbers',
    tarEntry({ typeflag: '3', major: '0000001\0', minor: '0000003\0' }),
    { type: 'character-device', device: { major: 1, minor: 3 } },
  ],
  [
    'a block device',
    tarEntry({ typeflag: '4', major: '0000010\0', minor: '0000000\0' }),
    { type: 'block-device', device: { major: 8, minor: 0 } },
  ],
  ['a FIFO', tarEntry({ typeflag: '6' }), { type: 'fifo' }],
  ['a contiguous file as a file', tarEntry({ typeflag: '7' }, 'abc'), { type: 'file', size: 3 }],
  ['a type that nobody knows', tarEntry({ typeflag: 'Z' }, 'abc'), { type: 'other', size: 3 }],
  [
    'a GNU long name',
    Buffer.concat([tarEntry({ typeflag: 'L' }, `${LONG}\0`), tarEntry({ name: 'cut' })]),
    { path: LONG },
  ],
  [
    'a GNU long link',
    Buffer.concat([tarEntry({ typeflag: 'K' }, `${LONG}\0`), tarEntry({ typeflag: '2', linkName: 'cut' })]),
    { linkName: LONG },
  ],
  [
    'a pax path, link and uid',
    Buffer.concat([
      paxHeader(paxRecord('path', 'ü/x'), paxRecord('linkpath', 'y'), paxRecord('uid', '4294967294')),
      tarEntry({ typeflag: '2' }),
    ]),
    { path: 'ü/x', linkName: 'y', uid: 4294967294 },
  ],
  [
    'a pax value that is empty as none',
    Buffer.concat([paxHeader(paxRecord('path', '')), tarEntry({ name: 'kept' })]),
    { path: 'kept' },
  ],
  [
    'the last of two pax records',
    Buffer.concat([paxHeader(paxRecord('path', 'a'), paxRecord('path', 'b')), tarEntry({})]),
    { path: 'b' },
  ],
  [
    'the last of two pax headers, and no more of the first',
    Buffer.concat([paxHeader(paxRecord('path', 'a')), paxHeader(paxRecord('uid', '7')), tarEntry({ name: 'own' })]),
    { path: 'own', uid: 7 },
  ],
  [
    'the GNU long name before the pax path, as Go does',
    Buffer.concat([tarEntry({ typeflag: 'L' }, 'gnu\0'), paxHeader(paxRecord('path', 'pax')), tarEntry({})]),
    { path: 'gnu' },
  ],
  [
    'a file capability with all its bytes',
    Buffer.concat([paxHeader(paxRecord('SCHILY.xattr.security.capability', CAPABILITY)), tarEntry({})]),
    { capability: CAPABILITY },
  ],
  [
    'a capability with a newline and an equals sign in it',
    Buffer.concat([paxHeader(paxRecord('SCHILY.xattr.security.capability', Buffer.from('\n=\0='))), tarEntry({})]),
    { capability: Buffer.from('\n=\0=') },
  ],
  [
    'nothing of a global pax header, as the runtimes do',
    Buffer.concat([tarEntry({ typeflag: 'g' }, paxRecord('path', 'hidden')), tarEntry({ name: 'own' })]),
    { path: 'own' },
  ],
];

describe('a tar reader', () => {
  it.each(HEADERS)('reads %s', (_what, entries, expected) => {
    expect(only(tarOf(entries)).entry).toMatchObject(expected);
  });

  it('gives the content with the size that pax says', () => {
    const header = tarBlock({ size: octal(0) });
    const seen = only(tarOf(paxHeader(paxRecord('size', '5')), header, padded('hello')));
    expect(seen).toMatchObject({ content: 'hello', whole: true, entry: { size: 5 } });
  });

  it('ends the sink of an empty file', () => {
    expect(only(tarOf(tarEntry({})))).toMatchObject({ content: '', whole: true });
  });

  it.each([['1'], ['2'], ['3'], ['5'], ['6']])(
    'takes no content for a header of type %s, whatever its size says',
    (typeflag) => {
      const seen = read([tarOf(tarBlock({ typeflag, size: octal(512) }), tarEntry({ name: 'next' }))]);
      expect(seen.map(({ entry }) => [entry.path, entry.size])).toEqual([
        ['file', 0],
        ['next', 0],
      ]);
    },
  );

  it('steps over the maps of an old GNU sparse file, gives what is stored and calls it not whole', () => {
    const more = Buffer.alloc(512);
    more[504] = 1;
    const sparse = tarBlock({ typeflag: 'S', magic: 'ustar  \0', size: octal(6), patch: [[482, '\x01']] });
    const seen = read([tarOf(sparse, more, Buffer.alloc(512), padded('stored'), tarEntry({ name: 'next' }, 'x'))]);
    expect(seen.map(({ entry, content, whole, sparse: is }) => [entry.path, content, whole, is])).toEqual([
      ['file', 'stored', false, true],
      ['next', 'x', true, false],
    ]);
  });

  it('names a pax sparse file by its own name and calls it not whole', () => {
    const pax = paxHeader(
      ...[
        ['major', '1'],
        ['minor', '0'],
        ['name', 'var/lib/db'],
      ].map(([key, value]) => paxRecord(`GNU.sparse.${key}`, value ?? '')),
    );
    expect(only(tarOf(pax, tarEntry({ name: 'GNUSparseFile.0/db' }, '1\n0\n')))).toMatchObject({
      entry: { path: 'var/lib/db' },
      sparse: true,
      whole: false,
    });
  });

  it('reads nothing behind the two blocks of zeros that end the archive', () => {
    expect(
      read([Buffer.concat([tarOf(tarEntry({})), tarEntry({ name: 'behind' }), Buffer.from('not a header')])]),
    ).toHaveLength(1);
  });

  it.each([
    ['nothing at all', Buffer.alloc(0), 0],
    ['zeros alone', TAR_END, 0],
    ['one block of zeros', Buffer.concat([tarEntry({}), Buffer.alloc(512)]), 1],
    ['no zeros', tarEntry({}), 1],
    ['no padding behind the last content', tarEntry({}, 'abc').subarray(0, 515), 1],
  ])('takes an archive that ends with %s', (_what, archive, entries) => {
    expect(read([archive])).toHaveLength(entries);
  });

  it('cuts what is open, and reads no more', () => {
    const ends: boolean[] = [];
    const reader = createTarReader(() => ({ write: () => {}, end: (whole) => ends.push(whole) }));
    reader.write(tarEntry({}, 'abc').subarray(0, 513));
    reader.cut();
    reader.cut();
    reader.write(Buffer.from('anything'));
    expect(ends).toEqual([false]);
  });
});

const DAMAGED: readonly (readonly [string, Buffer])[] = [
  ['a header with another checksum', tarBlock({ checksum: '000001\0 ' })],
  ['a checksum that is no number', tarBlock({ checksum: 'checksum' })],
  ['what is no header', Buffer.alloc(512, 'x')],
  ['a size that is not octal', tarBlock({ size: '00000000009\0' })],
  ['a size below zero', tarBlock({ size: Buffer.alloc(12, 0xff) })],
  ['a size beyond counting', tarBlock({ size: Buffer.from([0x80, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0]) })],
  ['a pax size below zero', Buffer.concat([paxHeader(paxRecord('size', '-1')), tarEntry({})])],
  ['a pax size beyond counting', Buffer.concat([paxHeader(paxRecord('size', '9999999999999999999')), tarEntry({})])],
  ['a pax size that is no number', Buffer.concat([paxHeader(paxRecord('size', '1e3')), tarEntry({})])],
  ['a pax record longer than its header', paxHeader(Buffer.from('99 path=a\n'))],
  ['a pax record shorter than its text', paxHeader(Buffer.from('7 path=a\n'))],
  ['a pax record of no length', paxHeader(Buffer.from('0 path=a\n'))],
  ['a pax record of a length below zero', paxHeader(Buffer.from('-9 path=a\n'))],
  ['a pax record without a space', paxHeader(Buffer.from('path=a\n'))],
  ['a pax record without a key', paxHeader(paxRecord('', 'a'))],
  ['a pax record without an equals sign', paxHeader(Buffer.from('8 path \n'))],
  ['a NUL in a pax path', Buffer.concat([paxHeader(paxRecord('path', 'a\0b')), tarEntry({})])],
  ['records that are none in a global pax header', tarEntry({ typeflag: 'g' }, 'nonsense')],
  ['a pax header of more than 1 MiB', tarBlock({ typeflag: 'x', size: octal(1024 * 1024 + 1) })],
  ['a long name of more than 1 MiB', tarBlock({ typeflag: 'L', size: octal(8 * 1024 ** 3 - 1) })],
  ['a header after one block of zeros', Buffer.concat([Buffer.alloc(512), tarEntry({})])],
  ['an end inside a header', tarBlock({}).subarray(0, 500)],
  ['an end inside content', tarEntry({}, 'abc').subarray(0, 514)],
  ['an end inside a pax header', paxHeader(paxRecord('path', 'a')).subarray(0, 520)],
  ['an end after a pax header', paxHeader(paxRecord('path', 'a'))],
  ['an end inside a sparse map', tarBlock({ typeflag: 'S', patch: [[482, '\x01']] })],
];

describe('a tar reader refuses', () => {
  it.each(DAMAGED)('%s', (_what, archive) => {
    expect(() => read([archive])).toThrow(expect.objectContaining({ code: 'LAYER_INVALID', retryable: false }));
  });
});

const name = fc
  .array(fc.stringMatching(/^[a-zé ]{1,40}$/), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join('/'));
const packedEntry: fc.Arbitrary<PackedEntry> = fc.oneof(
  fc.record({
    name,
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.integer({ min: 0, max: 0o777777 }),
    content: fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  }),
  fc.record({ name, type: fc.constant('directory' as const) }),
  fc.record({ name, type: fc.constant('symlink' as const), linkname: name }),
  fc.record({ name, type: fc.constant('link' as const), linkname: name }),
);
const pieceSizes = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 });

const shape = ({ entry, content }: Seen) => [entry.rawName, entry.type, entry.mode, entry.uid, entry.linkName, content];

const TYPE_NAMES: Readonly<Record<string, string>> = { link: 'hardlink', 'contiguous-file': 'file' };

const readByTarStream = async (archive: Buffer): Promise<readonly unknown[]> => {
  const seen: unknown[] = [];
  const peer = extract();
  peer.end(archive);
  for await (const entry of peer) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const { name: rawName, type, mode, uid, linkname } = entry.header;
    const typeName = TYPE_NAMES[type ?? ''] ?? type;
    seen.push([rawName, typeName, mode, uid, linkname ?? undefined, Buffer.concat(chunks).toString('latin1')]);
  }
  return seen;
};

describe('what tar-stream packs', () => {
  it('is read back the same, whatever pieces it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(packedEntry, { maxLength: 6 }), pieceSizes, async (entries, sizes) => {
        const seen = read(inPieces(await packed(entries), sizes));
        expect(seen.map(({ entry, content, whole }) => [entry.path, content, whole])).toEqual(
          entries.map((entry) => [entry.name, entry.content?.toString('latin1') ?? '', true]),
        );
        expect(seen.map(({ entry }) => entry.linkName)).toEqual(entries.map(({ linkname }) => linkname));
      }),
      { numRuns: 60 },
    );
  });

  it('is read as tar-stream itself reads it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(packedEntry, { maxLength: 6 }), async (entries) => {
        const archive = await packed(entries);
        expect(read([archive]).map(shape)).toEqual(await readByTarStream(archive));
      }),
      { numRuns: 40 },
    );
  });
});

it('reads a damaged archive to an end or refuses it, the same in whatever pieces it comes', async () => {
  const archive = await packed([
    { name: `${'long/'.repeat(40)}name`, content: 'content' },
    { name: 'dir', type: 'directory' },
    { name: 'link', type: 'symlink', linkname: 'ü' },
    { name: 'file', content: Buffer.alloc(1000, 'x') },
  ]);
  const outcome = (pieces: readonly Buffer[]): unknown => {
    try {
      return read(pieces);
    } catch (error) {
      return (error as { readonly code: string }).code;
    }
  };
  const damage = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(damage, pieceSizes, (places, sizes) => {
      const damaged = Buffer.from(archive);
      for (const [at, value] of places) damaged[at] = value;
      const result = outcome([damaged]);
      expect(Array.isArray(result) || result === 'LAYER_INVALID').toBe(true);
      expect(outcome(inPieces(damaged, sizes))).toEqual(result);
    }),
    { numRuns: 500 },
  );
});
