/** The form of what a policy file says about how images are built: their bases and signatures. Messages complete "`key` …". */
import { z } from 'zod';
import { id } from './word-schema.ts';

const imagePattern = z.string().regex(/^[A-Za-z0-9*._:@/-]{1,512}$/, 'must be an image reference or a pattern of one');

export const BasesFile = z.strictObject({
  allowed: z
    .array(imagePattern)
    .min(1)
    .meta({ examples: [['docker.io/library/node:*']] }),
});

export const SigningKeyFile = z.strictObject({
  id,
  publicKey: z.string().exactOptional().meta({ description: 'A public key as PEM.' }),
  kmsKeyArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'must be the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID',
    )
    .exactOptional()
    .meta({ description: 'The ARN of an asymmetric key in KMS.' }),
});
