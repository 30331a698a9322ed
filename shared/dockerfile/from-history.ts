/** The Dockerfile statement that an entry of an image's history tells of, whichever builder wrote it. */
import { plainText } from '../base/clip-text.ts';
import { redactPairs, redactText } from '../base/redaction.ts';
import type { HistoryEntry } from '../image/config.ts';
import { writtenArguments } from './written-arguments.ts';
import { commandBehindShell, writtenRun } from './written-run.ts';

export interface Statement {
  /** `UNKNOWN` where the entry is no instruction: other builders write their own name, or nothing. */
  readonly keyword: string;
  /** As one would write it, secrets redacted: `RUN apt-get install -y openssl`. */
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

/** Of the classic builder, BuildKit, Buildah, kaniko and Windows; printable, and at most 4,000 characters long. */
export const statementFromHistory = (entry: HistoryEntry): Statement => {
  const { keyword, text } = read(withoutSuffixes(printableLines(entry.created_by ?? '')), entry.comment ?? '');
  // Cut last: a secret that is cut in two is no longer found.
  return { keyword, text: cut(text) };
};

const read = (line: string, comment: string): Statement => {
  // The classic builder ran a comment for whatever is no RUN.
  const [, classic] = /^#\(nop\)\s+(.*)$/s.exec(commandBehindShell(line) ?? '') ?? [];
  const [, keyword = '', rest = ''] = /^([A-Z]+)(?:\s+(.*))?$/s.exec(classic ?? line) ?? [];
  if (keyword === 'RUN') return { keyword, text: redactText(`RUN ${writtenRun(rest) ?? rest}`) };
  if (KEYWORDS.has(keyword)) return { keyword, text: redactedInstruction(keyword, plainText(rest)) };
  const run = writtenRun(line);
  if (run !== undefined) return { keyword: 'RUN', text: redactText(`RUN ${run}`) };
  return { keyword: 'UNKNOWN', text: redactText(plainText(line === '' ? comment : line)) };
};

const redactedInstruction = (keyword: string, rest: string): string => {
  const written = writtenArguments(keyword, rest);
  const named = keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL';
  return `${keyword} ${named ? redactPairs(written) : redactText(written)}`.trimEnd();
};

/** Every line printable, and indented as it was: what is indented in a script can matter. */
const printableLines = (text: string): string =>
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

const cut = (text: string): string =>
  text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
