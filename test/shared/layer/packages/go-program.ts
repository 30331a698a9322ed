/** Programs as the Go linker leaves them, as far as their build information goes. */

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
};

const text = (content: Buffer): Buffer => Buffer.concat([varint(content.length), content]);

export const buildInfo = (goVersion: string, modules: string, { flags = 2 } = {}): Buffer =>
  Buffer.concat([
    Buffer.from('\xff Go buildinf:', 'latin1'),
    Buffer.from([8, flags]),
    Buffer.alloc(16),
    text(Buffer.from(goVersion)),
    text(Buffer.concat([Buffer.alloc(16, 0x77), Buffer.from(modules), Buffer.alloc(16, 0x78)])),
  ]);

/** `parts` by their place in the file. */
export const program = (parts: Readonly<Record<number, Buffer>>, size = 100_000): Buffer => {
  const file = Buffer.alloc(size, 0x90);
  file.write('\x7fELF', 0, 'latin1');
  for (const [at, part] of Object.entries(parts)) part.copy(file, Number(at));
  return file;
};
