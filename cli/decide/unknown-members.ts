/** Members of a case's input that its family does not have: most are slips, and each is a fact that does not count. */
import { isJsonObject } from '../../local/event-bus/json-object.ts';
import { nearest } from '../../shared/policy/nearest.ts';
import { AUTOMATABLE, EXPLOITATION, MWI, TECHNICAL_IMPACT } from '../../shared/priority/decision-points.ts';
import { safeText } from '../replay/quoted.ts';
import { Family, INPUTS, isGiven } from './case-input.ts';

export interface UnknownMember {
  readonly name: string;
  readonly family: keyof typeof INPUTS;
}

/** No more are told, of a line and in all. */
export const MOST_NAMES = 20;

/** `value`: what a line holds. None of what is no case, or says nothing; the first 20 of many. Never throws. */
export const unknownMembers = (value: unknown): readonly UnknownMember[] => {
  if (!isJsonObject(value) || !isJsonObject(value.input)) return [];
  const family = Family.safeParse(value.family);
  if (!family.success) return [];
  const known = membersOf(family.data);
  const names: string[] = [];
  for (const name of Object.keys(value.input)) {
    if (names.length >= MOST_NAMES) break;
    if (isGiven(value.input[name]) && !known.includes(name)) names.push(name);
  }
  return names.map((name) => ({ name, family: family.data }));
};

/** One sentence without an end, with the member that was probably meant. */
export const unknownMemberText = ({ name, family }: UnknownMember): string => {
  const meant = meantBy(name, membersOf(family));
  return `input.${safeText(name)} is not known here; ${meant === undefined ? '' : `did you mean ${meant}? `}it is ignored`;
};

const membersOf = (family: keyof typeof INPUTS): readonly string[] => Object.keys(INPUTS[family].shape);

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/** What the members are called elsewhere, in full, and what they are in short here. */
const OTHER_NAMES: readonly (readonly [name: string, member: string])[] = [
  [EXPLOITATION.name, 'E'],
  [AUTOMATABLE.name, 'A'],
  [TECHNICAL_IMPACT.name, 'TI'],
  [MWI.name, 'MWI'],
  ['mission', 'MWI'],
  ['missionAndWellBeing', 'MWI'],
  ['cvssScore', 'cvss'],
  ['epssScore', 'epss'],
  ['sev', 'severity'],
  ['severity', 'sev'],
  ['severity', 'ruleSeverity'],
  ['class', 'ruleClass'],
  ['correlation', 'corr'],
];

const meantBy = (name: string, known: readonly string[]): string | undefined => {
  const same = known.find((one) => plain(one) === plain(name));
  const other = OTHER_NAMES.find(([one, member]) => plain(one) === plain(name) && known.includes(member));
  // Of a short name, every other short word is but a slip away.
  return (
    same ??
    other?.[1] ??
    nearest(
      name,
      known.filter((one) => one.length > 3),
    )
  );
};
