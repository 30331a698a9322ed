/** The secrets of a template: with a value, with one that is made up when it is created, or with none. */
import { z } from 'zod';
import { Count, Flag, Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export type SecretValue =
  | { readonly kind: 'given'; readonly text: string }
  | {
      readonly kind: 'generated';
      readonly length: number;
      readonly excludeCharacters: string;
      readonly excludePunctuation: boolean;
      /** The generated text becomes this key of a JSON object, beside the others that it has. */
      readonly within?: { readonly template: string; readonly key: string };
    }
  | { readonly kind: 'none' };

export interface TemplateSecret {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly value: SecretValue;
}

const Generate = z.strictObject({
  PasswordLength: Count.default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludePunctuation: Flag.default(false),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
  ExcludeLowercase: Ignored,
  ExcludeNumbers: Ignored,
  ExcludeUppercase: Ignored,
  IncludeSpace: Ignored,
  RequireEachIncludedType: Ignored,
});

const Properties = z.strictObject({
  Name: Ignored,
  Description: Ignored,
  GenerateSecretString: Generate.optional(),
  KmsKeyId: Ignored,
  ReplicaRegions: Ignored,
  SecretString: z.string().optional(),
  Tags: Ignored,
});

const valueFrom = ({ SecretString, GenerateSecretString }: z.infer<typeof Properties>): SecretValue => {
  if (SecretString !== undefined) return { kind: 'given', text: SecretString };
  if (GenerateSecretString === undefined) return { kind: 'none' };
  const { SecretStringTemplate: template, GenerateStringKey: key } = GenerateSecretString;
  return {
    kind: 'generated',
    length: GenerateSecretString.PasswordLength,
    excludeCharacters: GenerateSecretString.ExcludeCharacters,
    excludePunctuation: GenerateSecretString.ExcludePunctuation,
    ...(template !== undefined && key !== undefined && { within: { template, key } }),
  };
};

export const secretsOf = (stack: Stack): readonly TemplateSecret[] =>
  stack.namedResourcesOf('AWS::SecretsManager::Secret').map(({ logicalId, name, arn, properties }) => ({
    logicalId,
    name,
    arn,
    value: valueFrom(properties(Properties)),
  }));
