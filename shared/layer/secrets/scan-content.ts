/** Looks for secrets in the bytes of one file after the other, through a window of fixed size that moves over each. */
import type { SecretKind } from '../layer-report.ts';
import { createAnchorSearch } from './anchor-search.ts';
import { type Detector, LONGEST, LOOK_BACK } from './detector.ts';
import { createNarrowing } from './wide-text.ts';

const WINDOW = 256 * 1024;

/** Told of each place, of the same value perhaps more than once; false: no more is wanted of this file. */
export type Report = (kind: SecretKind, value: Buffer) => boolean;

export interface ContentScan {
  readonly write: (chunk: Buffer) => void;
  readonly end: () => void;
}

/** One file at a time: they share the window. A window ends at the same byte of a file however its pieces are cut. */
export const createContentScanner = (
  detectors: readonly Detector[],
): ((path: string, report: Report, wanted?: (detector: Detector) => boolean) => ContentScan) => {
  const byAnchor = new Map<string, Detector[]>();
  for (const detector of detectors)
    for (const anchor of detector.anchors) byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), detector]);
  const byWord = [...byAnchor.values()];
  const search = createAnchorSearch([...byAnchor.keys()]);
  const window = Buffer.alloc(WINDOW);

  return (path, report, wanted = () => true) => {
    const narrow = createNarrowing();
    let length = 0;
    /** Words that begin before it were looked at. */
    let from = 0;
    let open = true;

    const look = (to: number): void => {
      // A value that is repeated is told of once a window: its fingerprint takes a thousand times as long as its sight.
      const told = new Set<string>();
      let text: string | undefined;
      const textOfWindow = (): string => {
        text ??= window.toString('latin1', 0, length);
        return text;
      };
      search(window, from, to, length, (index, word) => {
        let tried: RegExp | undefined;
        let match: RegExpExecArray | null = null;
        for (const detector of byWord[word] ?? []) {
          const { before = 0, form, kind, secretsIn } = detector;
          if (!open || index < before || !wanted(detector)) continue;
          if (form !== tried) {
            form.lastIndex = index - before;
            match = form.exec(textOfWindow());
            tried = form;
          }
          if (match === null) continue;
          for (const value of secretsIn({ text: textOfWindow(), start: match.index, match, path })) {
            const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
            const sight = `${kind} ${bytes.toString('latin1')}`;
            if (!told.has(sight)) open &&= report(kind, bytes);
            told.add(sight);
          }
        }
      });
    };

    const move = (): void => {
      const to = length - LONGEST;
      look(to);
      const kept = to - LOOK_BACK;
      window.copyWithin(0, kept, length);
      length -= kept;
      from = LOOK_BACK;
    };

    return {
      write: (chunk) => {
        for (let at = 0; at < chunk.length && open; ) {
          const copied = chunk.copy(window, length, at);
          at += copied;
          length += narrow(window, length, copied);
          if (length === WINDOW) move();
        }
      },
      end: () => {
        if (open) look(length);
        open = false;
      },
    };
  };
};
