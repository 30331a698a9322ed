import { expect, it } from 'vitest';
import { collect } from '../../../shared/layer/layer-reader.ts';

it.each<[string, readonly string[], boolean, string | undefined]>([
  ['all pieces of a content as long as the limit', ['ab', 'c'], true, 'abc'],
  ['nothing where there was none', [], true, ''],
  ['no content that is longer', ['ab', 'cd'], true, undefined],
  ['no content that is longer, whatever comes then', ['abcd', '', ''], true, undefined],
  ['no content that was cut', ['ab'], false, undefined],
])('hands over %s', (_what, pieces, whole, expected) => {
  const contents: (string | undefined)[] = [];
  const sink = collect(3, (content) => contents.push(content?.toString()));
  const shared = Buffer.alloc(10);
  for (const piece of pieces) {
    const length = shared.write(piece);
    sink.write(shared.subarray(0, length));
    shared.fill('!');
  }
  sink.end(whole);
  expect(contents).toEqual([expected]);
});
