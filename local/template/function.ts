/** The Lambda functions of a template, with the directory of their code. */
import { statSync } from 'node:fs';
import { z } from 'zod';
import { Count, Ignored, Text } from './property-values.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template-error.ts';

export interface TemplateFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `index.handler` is the export `handler` of the file `index`, whose extension Lambda finds itself. */
  readonly handler: { readonly file: string; readonly export: string };
  /** The absolute path of the unpacked code. */
  readonly directory: string;
  readonly runtime: string;
  readonly architectures: readonly string[];
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly roleName: string;
  readonly reservedConcurrency?: number;
}

// Layers, images and file systems are refused: the code would miss something that it has when deployed.
const Properties = z.strictObject({
  FunctionName: Ignored,
  Handler: z.string(),
  Code: z.strictObject({ S3Key: z.string(), S3Bucket: Ignored }),
  Runtime: z.string(),
  PackageType: z.literal('Zip').optional(),
  Architectures: z.array(z.string()).default(['x86_64']),
  Timeout: Count.default(3),
  MemorySize: Count.default(128),
  Environment: z.strictObject({ Variables: z.record(z.string(), Text).default({}) }).default({ Variables: {} }),
  Role: z.string(),
  ReservedConcurrentExecutions: Count.optional(),
  DeadLetterConfig: Ignored,
  Description: Ignored,
  EphemeralStorage: Ignored,
  KmsKeyArn: Ignored,
  LoggingConfig: Ignored,
  RecursiveLoop: Ignored,
  RuntimeManagementConfig: Ignored,
  SnapStart: Ignored,
  Tags: Ignored,
  TracingConfig: Ignored,
  VpcConfig: Ignored,
});

const handlerFrom = (handler: string, at: string): TemplateFunction['handler'] => {
  const dot = handler.lastIndexOf('.');
  if (dot === -1) throw new TemplateError(at, `"${handler}" names no export of a file`);
  return { file: handler.slice(0, dot), export: handler.slice(dot + 1) };
};

const directoryOf = (key: string, stack: Stack, at: string): string => {
  const directory = stack.assets.get(key);
  if (directory === undefined) throw new TemplateError(at, `the cloud assembly has no asset ${key}`);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new TemplateError(at, `the asset ${directory} is no directory`);
  return directory;
};

export const functionsOf = (stack: Stack): readonly TemplateFunction[] =>
  stack.namedResourcesOf('AWS::Lambda::Function').map(({ logicalId, name, arn, properties }) => {
    const lambda = properties(Properties);
    const at = `${logicalId}.Properties`;
    return {
      logicalId,
      name,
      arn,
      handler: handlerFrom(lambda.Handler, `${at}.Handler`),
      directory: directoryOf(lambda.Code.S3Key, stack, `${at}.Code.S3Key`),
      runtime: lambda.Runtime,
      architectures: lambda.Architectures,
      timeoutSeconds: lambda.Timeout,
      memoryMb: lambda.MemorySize,
      environment: lambda.Environment.Variables,
      roleArn: lambda.Role,
      roleName: lambda.Role.split('/').pop() ?? lambda.Role,
      ...(lambda.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: lambda.ReservedConcurrentExecutions,
      }),
    };
  });
