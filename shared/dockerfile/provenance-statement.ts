/** In-toto statements about builds, in the two forms in which BuildKit writes them. */
import * as z from 'zod/mini';
import { type Digest, parseDigest } from '../image/digest.ts';

export const PROVENANCE_TYPES = ['https://slsa.dev/provenance/v0.2', 'https://slsa.dev/provenance/v1'] as const;

const text = z.string();
const digests = z.nullish(z.record(text, z.unknown()));
const dependency = z.object({ uri: z.nullish(text), digest: digests });
const dependencies = z.nullish(z.array(dependency));
const line = z.nullish(z.object({ line: z.nullish(z.int()) }));
const location = z.object({
  sourceIndex: z.nullish(z.int()),
  ranges: z.nullish(z.array(z.object({ start: line }))),
});
const buildkit = z.nullish(
  z.object({
    source: z.nullish(
      z.object({
        infos: z.nullish(z.array(z.object({ language: z.nullish(text), data: z.nullish(text) }))),
        locations: z.nullish(z.record(text, z.nullish(z.object({ locations: z.nullish(z.array(location)) })))),
      }),
    ),
    layers: z.nullish(z.record(text, z.nullish(z.array(z.nullish(z.array(z.object({ digest: text }))))))),
  }),
);
const parameters = z.nullish(z.object({ args: z.nullish(z.record(text, text)) }));
const METADATA = 'https://mobyproject.org/buildkit@v1#metadata';
const version02 = z.object({
  materials: dependencies,
  invocation: z.nullish(z.object({ parameters })),
  metadata: z.nullish(z.object({ [METADATA]: buildkit })),
});
const version1 = z.object({
  buildDefinition: z.nullish(
    z.object({
      resolvedDependencies: dependencies,
      externalParameters: z.nullish(z.object({ request: parameters })),
    }),
  ),
  runDetails: z.nullish(z.object({ metadata: z.nullish(z.object({ buildkit_metadata: buildkit })) })),
});
const statement = z.object({
  predicateType: text,
  subject: z.nullish(z.array(z.object({ digest: digests }))),
  predicate: z.unknown(),
});

export type BuildKitMetadata = z.infer<typeof buildkit>;
export type SourceLocation = z.infer<typeof location>;

/** The same of both versions. */
export interface Predicate {
  readonly used: z.infer<typeof dependencies>;
  readonly asked: z.infer<typeof parameters>;
  readonly buildkit: BuildKitMetadata;
}

export interface Statement {
  /** The sha256 digests that it is about. */
  readonly subjects: readonly Digest[];
  /** Absent: it is no provenance, or not one of BuildKit. */
  readonly predicate?: Predicate;
}

/** Undefined for what is no in-toto statement. */
export const parseStatement = (body: string): Statement | undefined => {
  const { data } = statement.safeParse(parseJson(body));
  if (data === undefined) return undefined;
  const subjects = (data.subject ?? []).flatMap(({ digest }) => sha256Of(digest) ?? []);
  const predicate = predicateOf(data.predicateType, data.predicate);
  return { subjects, ...(predicate && { predicate }) };
};

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    // What is no JSON is no statement either; the caller says so.
    return undefined;
  }
};

const predicateOf = (type: string, predicate: unknown): Predicate | undefined => {
  if (type === PROVENANCE_TYPES[0]) {
    const { data } = version02.safeParse(predicate);
    return data && { used: data.materials, asked: data.invocation?.parameters, buildkit: data.metadata?.[METADATA] };
  }
  if (type !== PROVENANCE_TYPES[1]) return undefined;
  const { data } = version1.safeParse(predicate);
  return (
    data && {
      used: data.buildDefinition?.resolvedDependencies,
      asked: data.buildDefinition?.externalParameters?.request,
      buildkit: data.runDetails?.metadata?.buildkit_metadata,
    }
  );
};

export const sha256Of = (digest: Readonly<Record<string, unknown>> | null | undefined): Digest | undefined =>
  typeof digest?.sha256 === 'string' ? parseDigest(`sha256:${digest.sha256}`) : undefined;
