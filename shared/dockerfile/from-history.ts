/** The Dockerfile statement that an entry of an image's history tells of, whichever builder wrote it. */
import { plainText } from '../base/clip-text.ts';
import type { HistoryEntry } from '../image/config.ts';
import { REDACTED_WORDING, WHOLE_WORDING, type Wording } from './wording.ts';
import { writtenArguments } from './written-arguments.ts';
import { commandBehindShell, writtenRun } from './written-run.ts';

export interface Statement {
  /** `UNKNOWN` where the entry is no instruction: other builders write their own name, or nothing. */
  readonly keyword: string;
  /** As one would write it: `RUN apt-get install -y openssl`. */
  readonly text: string;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** A statement is read by people; a longer one is a script, and its layer says more than its text. */
const MAX_LENGTH = 4_000;

/** Of the classic builder, BuildKit, Buildah, kaniko and Windows; printable, redacted, at most 4,000 characters long. */
export const statementFromHistory = (entry: HistoryEntry): Statement => {
  const { keyword, text } = read(entry, REDACTED_WORDING);
  // Cut last: a secret that is cut in two is no longer found.
  return { keyword, text: cut(text) };
};

/** The same with its secrets and at its full length: for checks only. */
export const wholeStatementFromHistory = (entry: HistoryEntry): Statement => read(entry, WHOLE_WORDING);

const read = ({ created_by = '', comment = '' }: HistoryEntry, wording: Wording): Statement => {
  const line = withoutSuffixes(printableLines(created_by));
  // The classic builder ran a comment for whatever is no RUN.
  const [, classic] = /^#\(nop\)\s+(.*)$/s.exec(commandBehindShell(line) ?? '') ?? [];
  const [, keyword = '', rest = ''] = /^([A-Z]+)(?:\s+(.*))?$/s.exec(classic ?? line) ?? [];
  if (keyword === 'RUN') return { keyword, text: wording.text(`RUN ${writtenRun(rest, wording) ?? rest}`) };
  if (KEYWORDS.has(keyword)) return { keyword, text: instruction(keyword, plainText(rest), wording) };
  const run = writtenRun(line, wording);
  if (run !== undefined) return { keyword: 'RUN', text: wording.text(`RUN ${run}`) };
  return { keyword: 'UNKNOWN', text: wording.text(plainText(line === '' ? comment : line)) };
};

const instruction = (keyword: string, rest: string, wording: Wording): string => {
  const written = writtenArguments(keyword, rest);
  const named = keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL';
  return `${keyword} ${named ? wording.pairs(written) : wording.text(written)}`.trimEnd();
};

/** Every line printable, and indented as it was: what is indented in a script can matter. */
export const printableLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => ' '.repeat(line.length - line.trimStart().length) + plainText(line))
    .join('\n')
    .trim();

/** BuildKit's mark, and what Buildah appends: `|inheritLabels=false|force-mtime=10`. */
const withoutSuffixes = (line: string): string => {
  let rest = line.replace(/# buildkit$/, '').trimEnd();
  for (;;) {
    const bar = rest.lastIndexOf('|');
    if (bar <= 0 || !/^\|[A-Za-z][A-Za-z-]{0,40}=[\w.:/-]{0,200}$/.test(rest.slice(bar))) return rest;
    rest = rest.slice(0, bar).trimEnd();
  }
};

export const cut = (text: string): string =>
  text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
