/** A JSON Schema as the project's formatter writes JSON. */

const LINE_WIDTH = 120;

export const schemaText = (schema: object): string =>
  `${inlined(inlined(JSON.stringify(schema, null, 2), TEXTS), LISTS_OF_TEXTS)}\n`;

const listOf = (item: string): RegExp => new RegExp(String.raw`\[\s+((?:${item},\s+)*${item})\s+\]`, 'g');
const TEXTS = listOf('"[^"]*"');
const LISTS_OF_TEXTS = listOf(String.raw`\[(?:"[^"]*"(?:, )?)*\]`);

/** Lists on one line where they fit. */
const inlined = (json: string, list: RegExp): string =>
  json.replace(list, (whole, items: string, offset: number) => {
    const inline = `[${items.replace(/,\s+/g, ', ')}]`;
    const before = offset - (json.lastIndexOf('\n', offset) + 1);
    return before + inline.length < LINE_WIDTH ? inline : whole;
  });
