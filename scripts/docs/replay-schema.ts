/** The JSON Schema of what `sekisho replay` prints, from the schema that the program has. */
import { z } from 'zod';
import { ReplayLine } from '../../cli/replay/replay-line.ts';
import { schemaText } from './schema-text.ts';

export const replaySchema = (): string => {
  const { $schema, ...rest } = z.toJSONSchema(ReplayLine, { io: 'input' });
  return schemaText({ $schema, title: 'One line of sekisho replay', ...rest });
};
