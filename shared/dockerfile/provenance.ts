/** What BuildKit says about a build in its provenance: the Dockerfile, what was asked for, what it used, its steps. */
import { type Known, known, unknown } from '../base/known.ts';
import { type Digest, parseDigest } from '../image/digest.ts';
import type { BuildRequest } from './build-path.ts';
import { imageNameFromPurl } from './image-name.ts';
import {
  type BuildKitMetadata,
  type Predicate,
  parseStatement,
  type SourceLocation,
  sha256Of,
} from './provenance-statement.ts';

/** An image that a build used, as FROM or to copy from. */
export interface Material {
  /** `docker.io/library/debian:12`. */
  readonly name: string;
  /** Of what the name named then: often an index. */
  readonly digest?: Digest;
}

export interface ProvenanceStep {
  /** The lines of the Dockerfile that it comes from, 1-based. */
  readonly lines: readonly number[];
  /** The layers of the file system that it left, lowest first; one list for each way in which they were stored. */
  readonly chains: readonly (readonly Digest[])[];
}

export interface Provenance {
  /** Only of `mode=max`. */
  readonly dockerfile?: string;
  readonly request: BuildRequest;
  readonly materials: readonly Material[];
  readonly steps: readonly ProvenanceStep[];
}

/** A Dockerfile of 1 MiB and 1,000 steps with 127 layers each are far below. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_STEPS = 10_000;

/**
 * `body`: an in-toto statement as text; `image`: the digest of the manifest that it must be about. Unknown, with a
 * clause that says why, for all that is no provenance of this image by BuildKit; never throws.
 */
export const parseProvenance = (body: string, image: Digest): Known<Provenance> => {
  if (body.length > MAX_BYTES) return unknown('the provenance is longer than 16 MiB');
  const statement = parseStatement(body);
  if (statement === undefined) return unknown('the provenance is no in-toto statement');
  if (!statement.subjects.includes(image)) return unknown('the provenance is about another image');
  const { predicate } = statement;
  if (predicate === undefined) return unknown('the provenance is not in the form in which BuildKit writes it');
  return known(provenanceFrom(predicate));
};

const provenanceFrom = ({ used, asked, buildkit }: Predicate): Provenance => {
  const steps = stepNames(buildkit);
  const source = mainSource(buildkit, steps);
  const encoded = buildkit?.source?.infos?.[source]?.data;
  return {
    ...(encoded && { dockerfile: Buffer.from(encoded, 'base64').toString('utf8') }),
    request: requestFrom(Object.entries(asked?.args ?? {})),
    materials: (used ?? []).flatMap(({ uri, digest }) => {
      const name = imageNameFromPurl(uri ?? '');
      const value = sha256Of(digest);
      return name === undefined ? [] : [{ name, ...(value && { digest: value }) }];
    }),
    steps: steps.map((name) => ({ lines: linesOf(buildkit, name, source), chains: chainsOf(buildkit, name) })),
  };
};

const stepNames = (buildkit: BuildKitMetadata): readonly string[] => {
  const outputs = Object.keys(buildkit?.layers ?? {}).flatMap((output) => /^(step\d{1,6}):0$/.exec(output)?.[1] ?? []);
  const names = new Set([...Object.keys(buildkit?.source?.locations ?? {}), ...outputs]);
  return [...names].sort((a, b) => numberOf(a) - numberOf(b)).slice(0, MAX_STEPS);
};

const numberOf = (step: string): number => Number(/^step(\d{1,6})$/.exec(step)?.[1] ?? 0);

const locationsOf = (buildkit: BuildKitMetadata, step: string): readonly SourceLocation[] =>
  buildkit?.source?.locations?.[step]?.locations ?? [];

/** A build out of several Dockerfiles ends in the one that it was asked for: the highest step is the last. */
const mainSource = (buildkit: BuildKitMetadata, steps: readonly string[]): number => {
  const last = steps.findLast((step) => locationsOf(buildkit, step).length > 0);
  const index = last === undefined ? 0 : (locationsOf(buildkit, last)[0]?.sourceIndex ?? 0);
  const language = buildkit?.source?.infos?.[index]?.language;
  return language && language.toLowerCase() !== 'dockerfile' ? -1 : index;
};

const linesOf = (buildkit: BuildKitMetadata, step: string, source: number): readonly number[] =>
  locationsOf(buildkit, step)
    .filter(({ sourceIndex }) => (sourceIndex ?? 0) === source)
    .flatMap(({ ranges }) => (ranges ?? []).map(({ start }) => start?.line ?? 0));

const chainsOf = (buildkit: BuildKitMetadata, step: string): ProvenanceStep['chains'] =>
  (buildkit?.layers?.[`${step}:0`] ?? []).flatMap((chain) => {
    const digests = (chain ?? []).map(({ digest }) => parseDigest(digest));
    const whole = digests.filter((digest) => digest !== undefined);
    return whole.length === 0 || whole.length < digests.length ? [] : [whole];
  });

const requestFrom = (args: readonly (readonly [string, string])[]): BuildRequest => {
  const target = args.find(([name]) => name === 'target')?.[1];
  return {
    ...(target && { target }),
    buildArguments: withPrefix(args, 'build-arg:'),
    contexts: new Map([...withPrefix(args, 'context:')].map(([name, value]) => [name.toLowerCase(), value])),
  };
};

const withPrefix = (args: readonly (readonly [string, string])[], prefix: string): ReadonlyMap<string, string> =>
  new Map(args.flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])));
