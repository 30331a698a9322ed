/** The JSON Schema of what `sekisho replay` prints, from the schema that the program has. */
import { z } from 'zod';
import { ReplayLine } from '../../cli/replay/replay-line.ts';

export const replaySchema = (): string => {
  const { $schema, ...rest } = z.toJSONSchema(ReplayLine, { io: 'input' });
  return `${inlineLists(JSON.stringify({ $schema, title: 'One line of sekisho replay', ...rest }, null, 2))}\n`;
};

const LINE_WIDTH = 120;

/** Lists of texts on one line where they fit, as the project's formatter writes them. */
const inlineLists = (json: string): string =>
  json.replace(/\[\s+((?:"[^"]*",\s+)*"[^"]*")\s+\]/g, (whole, items: string, offset: number) => {
    const inline = `[${items.replace(/,\s+/g, ', ')}]`;
    const before = offset - (json.lastIndexOf('\n', offset) + 1);
    return before + inline.length < LINE_WIDTH ? inline : whole;
  });
