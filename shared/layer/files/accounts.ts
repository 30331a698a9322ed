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
export interface Parsed<T> {
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

export interface Passwd extends Parsed<Account> {
  /** What runtimes make of malformed lines, where no line before them has the name. */
  readonly misread: readonly Account[];
  /** Names whose password is empty here, so that none is looked up in `etc/shadow`. */
  readonly emptyPasswords: readonly string[];
}

/** `name:password:uid:gid:comment:home:shell`. */
export const parsePasswd = (text: string): Passwd => {
  const seen = new Set<string>();
  const misread: Account[] = [];
  const emptyPasswords: string[] = [];
  const { entries, malformed } = parseLines(text, (written) => {
    const fields = trimmed(written);
    const [name = '', password, uidText, gidText, , , shell = ''] = fields;
    if (!isName(name)) return undefined;
    const [uid, gid] = [idFrom(uidText), idFrom(gidText)];
    const areIds = uid !== undefined && gid !== undefined;
    // A name behind a plus or a minus is one that NIS knows.
    if (areIds && password === '' && !/^[+-]/.test(name)) emptyPasswords.push(name);
    const isFirst = !seen.has(name);
    seen.add(name);
    const account = { name, uid: uid ?? misreadId(uidText), gid: gid ?? misreadId(gidText) };
    const read = { ...account, shell: clipText(shell, MAX_NAME) };
    if (areIds && written.length === 7) return read;
    if (isFirst) misread.push(read);
    return undefined;
  });
  return { entries, malformed, misread, emptyPasswords };
};

/** Of a whole line. */
const trimmed = (fields: readonly string[]): readonly string[] => fields.join(':').trim().split(':');

const INTEGER = /^[+-]?\d+$/;
const MOST = 2n ** 63n - 1n;

/**
 * As github.com/moby/sys/user reads it, with which containerd and Docker look a user up: 0 where it is no number, the
 * last of 64 bits where it is too large; and its last 32 bits are what the process gets.
 */
const misreadId = (text = ''): number => {
  const value = INTEGER.test(text) && text.length <= MAX_NAME ? BigInt(text.replace('+', '')) : 0n;
  const counted = value > MOST ? MOST : value < -MOST ? -MOST - 1n : value;
  return Number(BigInt.asUintN(32, counted));
};

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
