/** `etc/passwd`, `etc/group` and `etc/shadow`, of which any line may be broken: runtimes read them all the same. */
import { clipText } from '../../base/clip-text.ts';
import type { Account, Group } from '../layer-report.ts';
import { linesOf } from './head.ts';

/** The largest id that the kernel knows: 4294967295 is reserved and means "none". */
const MAX_ID = 4_294_967_294;
const NUMBER = /^\d{1,10}$/;
const MAX_NAME = 256;
const NAME = /^[^\p{Cc}\p{Cf}\s:]+$/u;

/** Well-formed entries; `malformed`: how many lines, blank ones aside, are none. */
interface Parsed<T> {
  readonly entries: readonly T[];
  readonly malformed: number;
}

const idFrom = (text: string | undefined): number | undefined =>
  text !== undefined && NUMBER.test(text) && Number(text) <= MAX_ID ? Number(text) : undefined;

const isName = (text: string): boolean => text.length <= MAX_NAME && NAME.test(text);

const parseLines = <T>(text: string, parse: (fields: readonly string[]) => T | undefined): Parsed<T> => {
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  const entries = lines.map((line) => parse(line.split(':'))).filter((entry) => entry !== undefined);
  return { entries, malformed: lines.length - entries.length };
};

/** `name:password:uid:gid:comment:home:shell`. */
export const parsePasswd = (text: string): Parsed<Account> =>
  parseLines(text, (fields) => {
    const [name = '', , uidText, gidText, , , shell = ''] = fields;
    const [uid, gid] = [idFrom(uidText), idFrom(gidText)];
    if (fields.length !== 7 || !isName(name) || uid === undefined || gid === undefined) return undefined;
    return { name, uid, gid, shell: clipText(shell, MAX_NAME) };
  });

/** `name:password:gid:members`; some tools leave the last field out. */
export const parseGroup = (text: string): Parsed<Group> =>
  parseLines(text, (fields) => {
    const [name = '', , gidText] = fields;
    const gid = idFrom(gidText);
    return fields.length > 4 || !isName(name) || gid === undefined ? undefined : { name, gid };
  });

/** The names whose password is empty; nothing else leaves this function. */
export const emptyPasswordsIn = (shadow: string): readonly string[] =>
  parseLines(shadow, ([name = '', password]) => (password === '' && isName(name) ? name : undefined)).entries;
