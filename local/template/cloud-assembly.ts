/** The cloud assembly that the CDK writes: its stacks' templates, and where their assets lie. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { TemplateError } from './template-error.ts';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ templateFile: z.string(), stackName: z.string(), file: z.string() }).partial().default({}),
    }),
  ),
});

const AssetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

const TemplateDocument = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() })).default({}),
});

export type TemplateDocument = z.infer<typeof TemplateDocument>;

/** Where an asset lies, by the object key that it would have in the bootstrap bucket. */
export type AssetPaths = ReadonlyMap<string, string>;

export interface StackSource {
  readonly name: string;
  readonly document: TemplateDocument;
}

const readJson = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
  const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new TemplateError(file, z.prettifyError(parsed.error), { cause: parsed.error });
};

/** Reads the stacks of the assembly in `directory`, in the order of its manifest; stages are refused. */
export const readCloudAssembly = async (
  directory: string,
): Promise<{ readonly stacks: readonly StackSource[]; readonly assets: AssetPaths }> => {
  const manifest = path.join(directory, 'manifest.json');
  const { artifacts } = await readJson(manifest, Manifest);
  const stacks: StackSource[] = [];
  const assets = new Map<string, string>();
  for (const [id, { type, properties }] of Object.entries(artifacts)) {
    if (type === 'cdk:cloud-assembly') throw new TemplateError(manifest, `the stage ${id} cannot be run`);
    if (type === 'aws:cloudformation:stack' && properties.templateFile !== undefined)
      stacks.push({
        name: properties.stackName ?? id,
        document: await readJson(path.join(directory, properties.templateFile), TemplateDocument),
      });
    if (type === 'cdk:asset-manifest' && properties.file !== undefined) {
      const { files } = await readJson(path.join(directory, properties.file), AssetManifest);
      for (const { source, destinations } of Object.values(files))
        for (const { objectKey } of Object.values(destinations))
          assets.set(objectKey, path.resolve(directory, source.path));
    }
  }
  if (stacks.length === 0) throw new TemplateError(manifest, 'there is no stack in it');
  return { stacks, assets };
};
