/** The policy file's form as JSON Schema (draft 2020-12), for editors. */
import { z } from 'zod';
import { PolicyFile } from './policy-schema.ts';

export const POLICY_JSON_SCHEMA = z.toJSONSchema(PolicyFile, { io: 'input' });
