import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../../cli/inspect/progress.ts';
import type { Digest } from '../../../shared/image/digest.ts';

const layer = `sha256:${'ab'.repeat(32)}` as Digest;
const MIB = 1024 * 1024;

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  return { written, stream: { isTTY, write } as unknown as NodeJS.WriteStream };
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the progress', () => {
  it('is one line that is written over, and cleared in the end', () => {
    const { written, stream: terminal } = stream(true);
    const progress = createProgress(terminal);
    progress.show({ layer, done: MIB, total: 10 * MIB });
    vi.advanceTimersByTime(200);
    progress.show({ layer, done: 2.5 * MIB, total: 10 * MIB });
    progress.clear();
    expect(written).toEqual([
      '\r\u001B[Kreading layer abababababab: 1.0 of 10.0 MiB',
      '\r\u001B[Kreading layer abababababab: 2.5 of 10.0 MiB',
      '\r\u001B[K',
    ]);
  });

  it('is shown no more often than somebody can read it', () => {
    const { written, stream: terminal } = stream(true);
    const progress = createProgress(terminal);
    for (let at = 0; at < 100; at += 1) progress.show({ layer, done: at, total: MIB });
    expect(written).toHaveLength(1);
  });

  it('is not shown where nobody watches', () => {
    const { written, stream: file } = stream(false);
    const progress = createProgress(file);
    progress.show({ layer, done: MIB, total: MIB });
    progress.clear();
    expect(written).toEqual([]);
  });

  it('that was never shown is not cleared', () => {
    const { written, stream: terminal } = stream(true);
    createProgress(terminal).clear();
    expect(written).toEqual([]);
  });
});
