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
      readonly excludeLowercase: boolean;
      readonly excludeNumbers: boolean;
      readonly excludePunctuation: boolean;
      readonly excludeUppercase: boolean;
      readonly includeSpace: boolean;
      readonly requireEachIncludedType: boolean;
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
  ExcludeLowercase: Flag.default(false),
  ExcludeNumbers: Flag.default(false),
  ExcludeUppercase: Flag.default(false),
  IncludeSpace: Flag.default(false),
  RequireEachIncludedType: Flag.default(true),
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
    excludeLowercase: GenerateSecretString.ExcludeLowercase,
    excludeNumbers: GenerateSecretString.ExcludeNumbers,
    excludePunctuation: GenerateSecretString.ExcludePunctuation,
    excludeUppercase: GenerateSecretString.ExcludeUppercase,
    includeSpace: GenerateSecretString.IncludeSpace,
    requireEachIncludedType: GenerateSecretString.RequireEachIncludedType,
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
