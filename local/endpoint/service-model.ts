/** What an AWS service offers, read from the schemas that its SDK client carries at run time. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { $Codec, StaticErrorSchema, StaticOperationSchema } from '@smithy/types';

export const PROTOCOLS = {
  'aws.protocols#restJson1': 'restJson1',
  'aws.protocols#awsJson1_0': 'awsJson1_0',
  'aws.protocols#awsJson1_1': 'awsJson1_1',
  'aws.protocols#awsQuery': 'awsQuery',
} as const;
export type Protocol = (typeof PROTOCOLS)[keyof typeof PROTOCOLS];

/** The module of an SDK client (its exported schemas) and the configuration of one instance of it. */
export interface SdkClient {
  readonly schemas: object;
  readonly config: {
    readonly protocol?: { getShapeId(): string; getPayloadCodec(): $Codec<unknown, unknown> };
    readonly protocolSettings?: { readonly [setting: string]: unknown };
  };
}

export interface HttpBinding {
  readonly method: string;
  /** With one named group for each label of the path. */
  readonly path: RegExp;
  readonly status: number;
}

export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Only restJson1 binds operations to methods and paths. */
  readonly http?: HttpBinding;
}

export interface ServiceModel {
  readonly protocol: Protocol;
  /** The part of X-Amz-Target before the operation. */
  readonly target: string;
  readonly xmlNamespace: string;
  /** Throws for awsQuery, whose requests and answers are not of one format. */
  readonly codec: () => $Codec<unknown, unknown>;
  readonly operations: ReadonlyMap<string, Operation>;
  /** HTTP status by error code, as far as the model states it. */
  readonly errorStatus: ReadonlyMap<string, number>;
}

const isOperation = (value: unknown): value is StaticOperationSchema => Array.isArray(value) && value[0] === 9;
const isError = (value: unknown): value is StaticErrorSchema => Array.isArray(value) && value[0] === -3;

const pathPattern = (path: string): RegExp => {
  const [route = ''] = path.split('?');
  const escaped = route.replace(/[.*^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)').replace(/\{(\w+)\+\}/g, '(?<$1>.+)')}/?$`);
};

const operationFrom = (schema: StaticOperationSchema): Operation => {
  const [, , name, traits, input, output] = schema;
  const http = typeof traits === 'object' ? traits.http : undefined;
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    ...(http && { http: { method: http[0], path: pathPattern(http[1]), status: http[2] } }),
  };
};

const isKnownProtocol = (id: string): id is keyof typeof PROTOCOLS => id in PROTOCOLS;

/** Throws when the client speaks a protocol that the endpoint does not: a mistake of this program, not of a caller. */
export const serviceModelFrom = ({ schemas, config }: SdkClient): ServiceModel => {
  const { protocol, protocolSettings } = config;
  const id = protocol?.getShapeId() ?? 'none';
  if (protocol === undefined || !isKnownProtocol(id)) {
    throw new Error(`the local endpoint does not speak the protocol ${id}`);
  }
  const exported: readonly unknown[] = Object.values(schemas);
  const statuses = exported.filter(isError).flatMap(([, , name, traits]): [string, number][] => {
    const status = typeof traits === 'object' ? traits.httpError : undefined;
    return typeof status === 'number' ? [[name, status]] : [];
  });
  return {
    protocol: PROTOCOLS[id],
    target: String(protocolSettings?.serviceTarget ?? ''),
    xmlNamespace: String(protocolSettings?.xmlNamespace ?? ''),
    codec: () => protocol.getPayloadCodec(),
    operations: new Map(exported.filter(isOperation).map((schema) => [schema[2], operationFrom(schema)])),
    errorStatus: new Map(statuses),
  };
};
