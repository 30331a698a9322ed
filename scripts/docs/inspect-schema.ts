/** The JSON Schema of what `sekisho inspect --format json` prints, from the schema that the program has. */
import { z } from 'zod';
import { InspectionJson } from '../../shared/report/inspection-schema.ts';
import { schemaText } from './schema-text.ts';

export const inspectSchema = (): string => {
  const { $schema, ...rest } = z.toJSONSchema(InspectionJson);
  return schemaText({ $schema, title: 'What sekisho inspect prints with --format json', ...rest });
};
