/** The JSON Schema of the policy file, from the schema that the program has. */
import { POLICY_JSON_SCHEMA } from '../../shared/policy/policy-json-schema.ts';
import { schemaText } from './schema-text.ts';

export const policySchema = (): string => schemaText(POLICY_JSON_SCHEMA);
