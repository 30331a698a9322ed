import { describe, expect, it } from 'vitest';
import { decideCase } from '../../../cli/decide/decide-case.ts';

const decided = (family: string, input: unknown, id: unknown = 'x') => {
  const result = decideCase({ id, family, input });
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const refusal = (value: unknown): string => {
  const result = decideCase(value);
  if (result.ok) throw new Error('it was decided');
  return result.error;
};

describe('a vulnerability of which nothing is known', () => {
  it('takes the defaults that SSVC and the scheme name', () => {
    expect(decided('vulnerability', {})).toEqual({
      id: 'x',
      factors: { severity: 13, exploitation: 0, epss: 0, exposure: 10, isolation: 8, asset: 6 },
      raw: 37,
      base: 'track',
      rules: [],
      decision: 'track',
      score: 15,
      label: 'LOW',
      isoClass: 'unknown',
      bod2604: '60 days',
    });
  });

  it.each<[string, unknown, object]>([
    ['automatable', { MWI: 'high', TI: 'partial' }, { base: 'attend' }],
    [
      'automatable, which a guess is not',
      { MWI: 'high', TI: 'partial', automatableEvidence: 'cvss' },
      { base: 'track' },
    ],
    ['of total impact', { E: 'active', A: 'no' }, { base: 'attend' }],
    [
      'not exploited, though CISA lists it',
      { kev: true, MWI: 'high' },
      { base: 'attend', bod2604: '3 days & forensic investigation' },
    ],
    ['not open', { exposure: null, E: 'public poc' }, { rules: [], decision: 'track*' }],
    ['not weakly isolated', { barriers: 'unknown', E: 'public poc' }, { rules: [], isoClass: 'unknown' }],
    ['in use, or else it would be lowered', { E: 'active', MWI: 'high' }, { decision: 'act' }],
    ['in use, or else it would not be raised', { exposure: 'open' }, { rules: ['U1'] }],
    ['no container escape', { E: 'public poc', vmBoundary: true, sharedNode: true }, { rules: [] }],
    ['alone on its node', { E: 'public poc', escape: true }, { rules: [] }],
    ['without a VM boundary', { E: 'public poc', escape: true, sharedNode: true }, { rules: ['U3'] }],
    ['without a floor', { exposure: 'open', TI: 'partial' }, { rules: [], bod2604: '14 days' }],
  ])('is taken as %s', (_what, input, expected) => {
    expect(decided('vulnerability', input)).toMatchObject(expected);
  });

  it.each([
    ['INFORMATIONAL', 0],
    ['LOW', 5],
    ['MEDIUM', 14],
    ['HIGH', 20],
    ['CRITICAL', 24],
    ['UNTRIAGED', 13],
  ])('but its severity %s has %i points', (severity, points) => {
    expect(decided('vulnerability', { severity, cvss: 'unknown' }).factors.severity).toBe(points);
  });

  it('takes the score where there is one, whatever the severity says', () => {
    expect(decided('vulnerability', { severity: 'CRITICAL', cvss: 2 }).factors.severity).toBe(5);
  });
});

describe('a threat', () => {
  it('of which only the severity is known takes the defaults', () => {
    expect(decided('threat', { sev: 5 })).toEqual({
      id: 'x',
      factors: { severity: 18, breakout: 0, isolation: 8, asset: 6, recurrence: 0, correlation: 0 },
      raw: 32,
      base: 'track*',
      rules: [],
      decision: 'track*',
      score: 49,
      label: 'MEDIUM',
      isoClass: 'unknown',
    });
  });

  it.each<[string, object, object]>([
    ['gets out as its type says', { type: 'DefenseEvasion:Runtime/KernelModuleLoaded' }, { rules: ['T2'] }],
    [
      'gets out as it is given, not as its type says',
      { type: 'DefenseEvasion:Runtime/KernelModuleLoaded', breakout: 'none' },
      { rules: [] },
    ],
    [
      'has no VM boundary unless one is known',
      { breakout: 'escape-attempt', vmBoundary: 'unknown' },
      { rules: ['T2'] },
    ],
    ['is held by a VM boundary that is known', { breakout: 'escape-attempt', vmBoundary: true }, { rules: ['T3'] }],
    ['was seen once unless more is known', { count: null }, { factors: { recurrence: 0 } }],
    ['has recurred when it was seen twice', { count: 2 }, { factors: { recurrence: 5 } }],
  ])('%s', (_fact, input, expected) => {
    expect(decided('threat', { sev: 5, ...input })).toMatchObject(expected);
  });
});

describe('an image issue', () => {
  it('of which only the severity is known takes the defaults', () => {
    expect(decided('image', { ruleSeverity: 'CRITICAL' })).toEqual({
      id: 'x',
      factors: { severity: 40, confidence: 6, isolation: 8, exposure: 10, asset: 6, inUse: 0 },
      raw: 70,
      base: 'track*',
      rules: [],
      decision: 'track*',
      score: 60,
      label: 'MEDIUM',
      isoClass: 'unknown',
    });
  });

  it.each<[string, object, object]>([
    ['has no VM boundary unless one is known', { ruleClass: 'runtime-attack', confirmed: true }, { rules: ['I1'] }],
    [
      'is neither raised nor lowered while its use is not known',
      { ruleClass: 'privilege', barriers: 1 },
      { rules: [] },
    ],
    ['of an unknown class is raised by no class', { barriers: 1, inUse: true, confirmed: true }, { rules: [] }],
  ])('%s', (_fact, input, expected) => {
    expect(decided('image', { ruleSeverity: 'CRITICAL', ...input })).toMatchObject(expected);
  });
});

describe('what is not known', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['"unknown"', 'unknown'],
  ])('may be absent or %s in every member that has a default', (_form, nothing) => {
    const members: readonly (readonly [family: string, known: object, rest: string])[] = [
      [
        'vulnerability',
        {},
        'cvss severity E kev epss A automatableEvidence TI MWI exposure barriers inUse escape sharedNode vmBoundary floor',
      ],
      ['threat', { sev: 8 }, 'type breakout barriers vmBoundary MWI count corr'],
      ['image', { ruleSeverity: 'HIGH' }, 'ruleClass confirmed barriers vmBoundary exposure MWI inUse'],
    ];
    for (const [family, input, rest] of members) {
      const empty = Object.fromEntries(rest.split(' ').map((name) => [name, nothing]));
      expect(decided(family, { ...empty, ...input })).toEqual(decided(family, input));
    }
  });

  it('can also be the id', () => {
    expect(decideCase({ family: 'vulnerability', input: {} })).toMatchObject({ ok: true, value: { id: null } });
  });
});

it('gives an id back that is a number', () => {
  expect(decided('vulnerability', {}, 7).id).toBe(7);
});

it('ignores members that the scheme does not know', () => {
  const value = { id: 1, family: 'threat', title: 't', expected: {}, input: { sev: 8, note: { deep: [] }, cvss: 'x' } };
  expect(decideCase(value)).toMatchObject({ ok: true, value: { decision: 'attend' } });
});

describe('what is no case', () => {
  it.each<[string, unknown, string]>([
    ['a list', [{}], 'it is a list: a case is one object a line (jq -c ".[]" makes them of a list)'],
    ['a number', 7, 'it is no case: a case is an object with id, family and input'],
    ['null', null, 'it is no case: a case is an object with id, family and input'],
    ['no family', { input: {} }, 'family must be one of vulnerability, threat, image, and is not known'],
    ['another family', { family: 'cve', input: {} }, 'family must be one of vulnerability, threat, image, not "cve"'],
    [
      'an inherited family',
      { family: 'toString', input: {} },
      'family must be one of vulnerability, threat, image, not "toString"',
    ],
    ['no input', { family: 'threat' }, 'input must be an object with the facts of the case'],
    ['a list of inputs', { family: 'threat', input: [] }, 'input must be an object with the facts of the case'],
  ])('like %s is refused', (_what, value, reason) => {
    expect(refusal(value)).toBe(reason);
  });
});

describe('a value that is no word of the scheme is refused', () => {
  it.each<[family: string, input: object, reason: string]>([
    ['vulnerability', { E: 'poc' }, 'input.E must be one of none, public poc, active, not "poc"'],
    ['vulnerability', { E: 'Active' }, 'input.E must be one of none, public poc, active, not "Active"'],
    ['vulnerability', { A: true }, 'input.A must be one of no, yes, not true'],
    ['vulnerability', { kev: 'yes' }, 'input.kev must be true or false, not "yes"'],
    ['vulnerability', { cvss: 10.1 }, 'input.cvss must be a number from 0 to 10, not 10.1'],
    ['vulnerability', { cvss: '9.8' }, 'input.cvss must be a number from 0 to 10, not "9.8"'],
    ['vulnerability', { epss: -0.1 }, 'input.epss must be a number from 0 to 1, not -0.1'],
    ['vulnerability', { epss: Number.POSITIVE_INFINITY }, 'input.epss must be a number from 0 to 1, not Infinity'],
    ['vulnerability', { barriers: 12.5 }, 'input.barriers must be a number from 0 to 12, not 12.5'],
    ['vulnerability', { barriers: ['USER'] }, 'input.barriers must be a number from 0 to 12, not a list'],
    ['vulnerability', { inUse: {} }, 'input.inUse must be true or false, not an object'],
    ['vulnerability', { floor: 'none' }, 'input.floor must be one of bod-26-04, not "none"'],
    [
      'vulnerability',
      { MWI: 'critical', exposure: 'public' },
      'input.MWI must be one of low, medium, high, not "critical"; input.exposure must be one of small, controlled, open, not "public"',
    ],
    ['threat', {}, 'input.sev must be a number from 0 to 10, and is not known'],
    ['threat', { sev: 'unknown' }, 'input.sev must be a number from 0 to 10, and is not known'],
    ['threat', { sev: 8, count: 1.5 }, 'input.count must be a whole number from 0, not 1.5'],
    ['threat', { sev: 8, type: 7 }, 'input.type must be a text, not 7'],
    [
      'image',
      { ruleClass: 'secret' },
      'input.ruleSeverity must be one of INFO, LOW, MEDIUM, HIGH, CRITICAL, and is not known',
    ],
    [
      'image',
      { ruleSeverity: 'LOW', ruleClass: 'secrets' },
      'input.ruleClass must be one of secret, privilege, supply-chain, runtime-attack, surface, hygiene, not "secrets"',
    ],
  ])('%s %o', (family, input, reason) => {
    expect(refusal({ id: 1, family, input })).toBe(reason);
  });

  it('without a secret that is in it', () => {
    const secret = `ghp_${'aB3'.repeat(12)}`;
    expect(refusal({ family: 'threat', input: { sev: secret } })).not.toContain(secret);
  });
});
