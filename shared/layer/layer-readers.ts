/** The readers of a scan, guarded from each other: what one throws on, the others still read. */
import { sekishoErrorFrom } from '../base/errors.ts';
import type { ContentSink, LayerReader, TarEntry } from './layer-reader.ts';
import type { LayerReport, Truncation } from './layer-report.ts';

export interface FactReader<Facts> extends LayerReader {
  /** As of the entries so far. */
  readonly facts: () => Facts & { readonly truncated: readonly Truncation[] };
}

export type LayerFacts = Pick<LayerReport, 'secrets' | 'components' | 'databases' | 'notable' | 'system'>;

export interface LayerReaders {
  readonly secrets: FactReader<Pick<LayerFacts, 'secrets'>>;
  readonly packages: FactReader<Pick<LayerFacts, 'components' | 'databases'>>;
  readonly files: FactReader<Pick<LayerFacts, 'notable' | 'system'>>;
}

/** Throws nothing: a reader that does is asked no more, keeps what it found, and `truncated` names it. */
export const guardedReaders = ({ secrets, packages, files }: LayerReaders): FactReader<LayerFacts> => {
  const guards = [
    guarded('secrets', secrets, { secrets: [] }),
    guarded('packages', packages, { components: [], databases: [] }),
    guarded('notable files', files, { notable: [], system: {} }),
  ] as const;
  const [secretGuard, packageGuard, fileGuard] = guards;
  return {
    entry: (entry) => {
      const sinks: ContentSink[] = [];
      for (const { entry: look } of guards) {
        const sink = look(entry);
        if (sink) sinks.push(sink);
      }
      return sinks.length > 1 ? together(sinks) : sinks[0];
    },
    facts: () => {
      const [found, brought, noted] = [secretGuard.facts(), packageGuard.facts(), fileGuard.facts()];
      return {
        ...found,
        ...brought,
        ...noted,
        truncated: [...found.truncated, ...brought.truncated, ...noted.truncated],
      };
    },
  };
};

const together = (sinks: readonly ContentSink[]): ContentSink => ({
  write: (chunk) => {
    for (const sink of sinks) sink.write(chunk);
  },
  end: (whole) => {
    for (const sink of sinks) sink.end(whole);
  },
});

const guarded = <Facts>(what: string, reader: FactReader<Facts>, none: Facts): FactReader<Facts> => {
  let failed: Truncation | undefined;
  const attempt = <T>(look: () => T, otherwise: T): T => {
    try {
      return look();
    } catch (thrown) {
      // Its message may quote what was read.
      failed ??= { by: 'failed', text: `looking for ${what} failed: ${sekishoErrorFrom(thrown).code}` };
      return otherwise;
    }
  };
  const guardedSink = (sink: ContentSink): ContentSink => ({
    write: (chunk) => {
      if (!failed) attempt(() => sink.write(chunk), undefined);
    },
    end: (whole) => {
      if (!failed) attempt(() => sink.end(whole), undefined);
    },
  });
  return {
    entry: (entry: TarEntry) => {
      if (failed) return undefined;
      const sink = attempt(() => reader.entry(entry), undefined);
      return sink && guardedSink(sink);
    },
    facts: () => {
      const facts = attempt(() => reader.facts(), { ...none, truncated: [] });
      return failed ? { ...facts, truncated: [...facts.truncated, failed] } : facts;
    },
  };
};
