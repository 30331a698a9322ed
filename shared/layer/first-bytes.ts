/** A look at a stream's first bytes, before it is decided who reads it. */

/** `first`: `count` bytes, or all where there are fewer. `all`: the stream from its beginning. */
export const firstBytes = async (
  source: AsyncIterable<Buffer>,
  count: number,
): Promise<{ readonly first: Buffer; readonly all: AsyncGenerator<Buffer, void> }> => {
  const iterator = source[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  while (seen.length < count) {
    const next = await iterator.next();
    if (next.done) break;
    seen = Buffer.concat([seen, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer, void> {
    if (seen.length > 0) yield seen;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { first: seen.subarray(0, count), all: all() };
};
