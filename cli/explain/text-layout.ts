/** Plain text for a terminal of 96 columns: wrapped lines, tables, headings. Foreign text becomes printable here. */
import { plainText } from '../../shared/base/clip-text.ts';

export const WIDTH = 96;
export const INDENT = '  ';

export const heading = (title: string): readonly string[] => ['', title];

/** Lines of at most `width` columns; a word that is longer stays whole, so that it can be copied. */
export const wrapped = (text: string, width: number): readonly string[] => linesOf(plainText(text).split(' '), width);

const linesOf = (words: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

/** What is longer than its column would push the next one aside: it is broken, and nothing is left out. */
const cellLines = (text: string, width: number): readonly string[] =>
  linesOf(
    plainText(text)
      .split(' ')
      .flatMap((word) => pieces(word, width)),
    width,
  );

/** No break falls inside a character of two UTF-16 units. */
const pieces = (word: string, width: number): readonly string[] => {
  const broken: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece.length + character.length > width) {
      broken.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...broken, piece];
};

/** A paragraph; what follows its first line stands below the text behind `mark`. */
export const paragraph = (text: string, mark = ''): readonly string[] => {
  const lines = wrapped(text, WIDTH - INDENT.length - mark.length);
  return lines.map((line, index) => `${INDENT}${index === 0 ? mark : ' '.repeat(mark.length)}${line}`.trimEnd());
};

/** A name in a column of its own, and its text beside it. */
export const labelled = (label: string, text: string): readonly string[] =>
  paragraph(text, `${plainText(label).padEnd(LABEL)} `);
const LABEL = 13;

/** Cells are wrapped inside their columns, which have a space between them. */
export const table = (rows: readonly (readonly string[])[], widths: readonly number[]): readonly string[] =>
  rows.flatMap((row) => {
    const cells = widths.map((width, column) => cellLines(row[column] ?? '', width));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) =>
      `${INDENT}${cells.map((lines, column) => (lines[at] ?? '').padEnd(widths[column] ?? 0)).join(' ')}`.trimEnd(),
    );
  });
