import { describe, expect, it } from 'vitest';
import { unknownMembers, unknownMemberText } from '../../../cli/decide/unknown-members.ts';

const textsOf = (family: string, input: unknown, more: object = {}): readonly string[] =>
  unknownMembers({ ...more, family, input }).map(unknownMemberText);

describe('members that a family does not have', () => {
  it.each<[string, string, string]>([
    ['vulnerability', 'exploitation', 'did you mean E? '],
    ['vulnerability', 'CVSS', 'did you mean cvss? '],
    ['vulnerability', 'cvss_score', 'did you mean cvss? '],
    ['vulnerability', 'Technical Impact', 'did you mean TI? '],
    ['vulnerability', 'mission', 'did you mean MWI? '],
    ['vulnerability', 'exposre', 'did you mean exposure? '],
    ['vulnerability', 'sev', 'did you mean severity? '],
    ['vulnerability', 'rev', ''],
    ['vulnerability', 'av', ''],
    ['threat', 'severity', 'did you mean sev? '],
    ['threat', 'exploitation', ''],
    ['image', 'severity', 'did you mean ruleSeverity? '],
    ['image', 'constructor', ''],
  ])('of a %s are told: %s', (family, name, meant) => {
    expect(textsOf(family, { [name]: 1 })).toEqual([`input.${name} is not known here; ${meant}it is ignored`]);
  });

  it('are not those at the level of the case, nor those that say nothing', () => {
    const input = { sev: 8, epss: null, cvss: 'unknown' };
    expect(textsOf('threat', input, { title: 'x', expected: 'act', situation: 'y' })).toEqual([]);
  });

  it.each([null, [], 'x', {}, { family: 'other', input: { x: 1 } }, { family: 'threat', input: [1] }])(
    'are none in what is no case: %j',
    (value) => {
      expect(unknownMembers(value)).toEqual([]);
    },
  );

  it('are the first 20 of a line that has 100,000', () => {
    const input = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`member${index}`, 1]));
    const names = unknownMembers({ family: 'threat', input: { sev: 8, ...input } }).map(({ name }) => name);
    expect([names.length, names[0], names[19]]).toEqual([20, 'member0', 'member19']);
  });

  it('are told without what a terminal would obey', () => {
    expect(textsOf('threat', { 'a\u001B[2J\nb': 1 })).toEqual(['input.a b is not known here; it is ignored']);
  });
});
