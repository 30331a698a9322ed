/** Modules of Go programs: looked for in whatever is an ELF file, without keeping it. */
import type { ContentSink, LayerReader } from '../layer-reader.ts';
import { BUILD_INFO_MAGIC, type GoBuildInfo, readGoBuildInfo } from './go-build-info.ts';
import type { PackageFindings } from './package-findings.ts';

const ELF = Buffer.from('\x7fELF', 'latin1');
const ALIGNMENT = 16;
/** An empty Go program has more than one million bytes. */
const SMALLEST = 64 * 1024;

export const goPackages = (findings: PackageFindings): LayerReader => ({
  entry: ({ path, size }) => {
    if (size < SMALLEST) return undefined;
    return findBuildInfo(({ goVersion, modules }) => {
      const [, standardLibrary] = /(?:^|\s)go(\S+)/.exec(goVersion) ?? [];
      if (standardLibrary !== undefined) {
        findings.add({ name: 'stdlib', version: standardLibrary, type: 'golang', path });
      }
      for (const module of modules) findings.add({ name: module.path, version: module.version, type: 'golang', path });
    });
  },
});

/** `found` is called once at most. Holds nothing but what begins like the build information. */
const findBuildInfo = (found: (info: GoBuildInfo) => void): ContentSink => {
  /** Bytes up to the end of what was given, from `start` on in the file; looked at again when they are `needed`. */
  let held: Buffer[] = [];
  let bytes = 0;
  let needed = ELF.length;
  let start = 0;
  let over = false;

  const holdFrom = (window: Buffer, at: number, need: number): void => {
    held = at < window.length ? [Buffer.from(window.subarray(at))] : [];
    bytes = window.length - at;
    start += at;
    needed = need;
  };

  const look = (window: Buffer): void => {
    if (start === 0 && !window.subarray(0, ELF.length).equals(ELF)) {
      over = true;
      return;
    }
    for (let at = window.indexOf(BUILD_INFO_MAGIC); at !== -1; at = window.indexOf(BUILD_INFO_MAGIC, at + 1)) {
      if ((start + at) % ALIGNMENT !== 0) continue;
      const info = readGoBuildInfo(window.subarray(at));
      if (info === undefined) continue;
      if (typeof info === 'number') {
        holdFrom(window, at, info);
      } else {
        over = true;
        found(info);
      }
      return;
    }
    // The magic may begin in this piece and end in the next.
    const rest = (start + window.length) % ALIGNMENT;
    const begun = rest <= window.length && BUILD_INFO_MAGIC.subarray(0, rest).equals(window.subarray(-rest));
    holdFrom(window, window.length - (begun ? rest : 0), begun ? BUILD_INFO_MAGIC.length : 0);
  };

  return {
    write: (chunk) => {
      if (over) return;
      bytes += chunk.length;
      if (bytes < needed) held.push(Buffer.from(chunk));
      else look(held.length === 0 ? chunk : Buffer.concat([...held, chunk]));
    },
    end: () => {
      over = true;
      held = [];
    },
  };
};
