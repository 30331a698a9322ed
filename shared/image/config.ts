/** The image config: who the image runs as and with what, and how it says it was built. */
import * as z from 'zod/mini';
import { type Digest, isDigest } from './digest.ts';
import { readJson, readShape } from './read-document.ts';

export interface HistoryEntry {
  /** As written. */
  readonly created?: string;
  readonly created_by?: string;
  /** Whoever wrote the Dockerfile, or the name of the tool that built without one. */
  readonly author?: string;
  readonly comment?: string;
  /** True for instructions that change the config and no file. */
  readonly empty_layer: boolean;
}

/** In the specification's own spelling; what a builder left out or wrote as null is empty or absent. */
export interface ImageConfig {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  /** As written: often 1970 or the year 1 where a build is reproducible. */
  readonly created?: string;
  /** As MAINTAINER wrote it. */
  readonly author?: string;
  readonly config: {
    readonly User: string;
    /** `NAME=value`. */
    readonly Env: readonly string[];
    /** `8080/tcp`. */
    readonly ExposedPorts: readonly string[];
    readonly WorkingDir: string;
    readonly Entrypoint: readonly string[];
    readonly Cmd: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
    /** Paths. */
    readonly Volumes: readonly string[];
    /** `["NONE"]`, `["CMD", …]`, `["CMD-SHELL", "…"]`; absent: none is set. */
    readonly Healthcheck?: readonly string[];
    readonly OnBuild: readonly string[];
    /** Of the shell form; empty: the default one. */
    readonly Shell: readonly string[];
  };
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  readonly rootfs: { readonly diff_ids: readonly Digest[] };
}

/** Far above what a build of 127 layers writes; every entry becomes an instruction that is kept. */
const MAX_ENTRIES = 2_000;

const CONFIG = { code: 'CONFIG_INVALID', name: 'The image config' } as const;

const text = z.string('is no text');
const optionalText = z.nullish(text);
const atMost = z.maxLength(MAX_ENTRIES, `has more than ${MAX_ENTRIES} entries`);
const texts = z.nullish(z.array(text, 'is no list').check(atMost));

/**
 * What no runtime asks for may be of any type: an image that runs is inspected. An odd value is taken for none, by itself,
 * so that it hides nothing that stands beside it.
 */
const anyText = z.catch(optionalText, undefined);
const anyTexts = z.catch(
  z.pipe(
    z.array(z.unknown()),
    z.transform((entries: unknown[]) => entries.filter((entry) => typeof entry === 'string').slice(0, MAX_ENTRIES)),
  ),
  [],
);
const anyValues = z.catch(z.record(z.string(), z.unknown()), {});
const historyEntry = z.object({
  created: anyText,
  created_by: anyText,
  author: anyText,
  comment: anyText,
  empty_layer: z.catch(z.nullish(z.boolean()), undefined),
});
/** One that is too long is taken for none: its first part would pass for the whole. */
const history = z.catch(z.pipe(z.array(z.unknown()).check(atMost), z.array(z.catch(historyEntry, {}))), []);

/** `Cmd` and `Entrypoint` in the shell form were a single text in old configs. */
const command = z.nullish(
  z.union(
    [
      z.array(text),
      z.pipe(
        text,
        z.transform((line: string) => [line]),
      ),
    ],
    'is no command',
  ),
);

const image = z.object(
  {
    os: anyText,
    architecture: anyText,
    variant: anyText,
    created: anyText,
    author: anyText,
    config: z.nullish(
      z.object(
        {
          User: optionalText,
          Env: texts,
          ExposedPorts: anyValues,
          WorkingDir: optionalText,
          Entrypoint: command,
          Cmd: command,
          Labels: anyValues,
          Volumes: anyValues,
          Healthcheck: z.catch(z.object({ Test: anyTexts }), { Test: [] }),
          OnBuild: anyTexts,
          Shell: anyTexts,
        },
        'is no object',
      ),
    ),
    history,
    rootfs: z.nullish(
      z.object(
        { diff_ids: z.nullish(z.array(z.custom<Digest>(isDigest, 'is no sha256 digest'), 'is no list').check(atMost)) },
        'is no object',
      ),
    ),
  },
  'is no JSON object',
);

/** `body`: the config blob's bytes as text. Throws CONFIG_INVALID. */
export const parseImageConfig = (body: string): ImageConfig => {
  const { os, architecture, variant, created, author, config, history, rootfs } = readShape(
    CONFIG,
    image,
    readJson(CONFIG, body),
  );
  return {
    os: os ?? '',
    architecture: architecture ?? '',
    ...(variant && { variant }),
    ...(created && { created }),
    ...(author && { author }),
    config: {
      User: config?.User ?? '',
      Env: config?.Env ?? [],
      ExposedPorts: Object.keys(config?.ExposedPorts ?? {}),
      WorkingDir: config?.WorkingDir ?? '',
      Entrypoint: config?.Entrypoint ?? [],
      Cmd: config?.Cmd ?? [],
      Labels: Object.fromEntries(
        Object.entries(config?.Labels ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
      ),
      Volumes: Object.keys(config?.Volumes ?? {}),
      ...(config?.Healthcheck.Test.length && { Healthcheck: config.Healthcheck.Test }),
      OnBuild: config?.OnBuild ?? [],
      Shell: config?.Shell ?? [],
    },
    history: history.map((entry) => ({
      ...(entry.created && { created: entry.created }),
      ...(entry.created_by && { created_by: entry.created_by }),
      ...(entry.author && { author: entry.author }),
      ...(entry.comment && { comment: entry.comment }),
      empty_layer: entry.empty_layer ?? false,
    })),
    rootfs: { diff_ids: rootfs?.diff_ids ?? [] },
  };
};
