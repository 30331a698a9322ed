/** A Slack message's blocks as lines of text, as they would be read. */

export const slackText = (body: unknown): string => {
  const blocks = field(body, 'blocks');
  if (!Array.isArray(blocks)) return text(field(body, 'text'));
  return blocks.map(blockText).filter(Boolean).join('\n');
};

const blockText = (block: unknown): string => {
  const type = field(block, 'type');
  if (type === 'divider') return '';
  if (type === 'header') return `■ ${text(field(block, 'text'))}`;
  const fields = field(block, 'fields');
  const elements = field(block, 'elements');
  return [
    text(field(block, 'text')),
    ...(Array.isArray(fields) ? fields.map(text) : []),
    ...(Array.isArray(elements) ? elements.map(elementText) : []),
  ]
    .filter(Boolean)
    .join('\n');
};

/** Rich text nests its elements; everything else has its text at hand. */
const elementText = (element: unknown): string => {
  const nested = field(element, 'elements');
  return Array.isArray(nested) ? nested.map(elementText).join('') : text(element);
};

/** A text object, or a plain string; Slack's three escapes are read back. */
const text = (value: unknown): string => {
  const found = typeof value === 'string' ? value : field(value, 'text');
  return typeof found === 'string'
    ? found
        // Bold headings become plain ones; Slack's three escapes are read back.
        .replace(/^\*([^*\n]+)\*(?= )/gm, '$1:')
        .replace(/^\*([^*\n]+)\*/gm, '$1')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
    : '';
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
