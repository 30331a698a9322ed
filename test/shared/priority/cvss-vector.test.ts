import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vectorFacts } from '../../../shared/priority/cvss-vector.ts';

describe('vectorFacts', () => {
  it.each([
    ['3.1: a remote takeover', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'yes', 'total', undefined],
    ['3.1: a remote denial of service', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 'yes', 'partial', undefined],
    ['3.1: a local takeover', 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 'no', 'total', undefined],
    ['3.1: with a click', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 'no', 'partial', undefined],
    ['3.1: with temporal metrics', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O', 'yes', 'total', undefined],
    ['3.1: a takeover of more than itself', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:N', 'yes', 'total', undefined],
    ['3.1: a disclosure', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N', 'yes', 'partial', undefined],
    ['3.1: from the same network', 'CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'no', 'total', undefined],
    ['3.1: with luck', 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H', 'no', 'total', undefined],
    [
      '3.1: with metrics of an environment, which is not ours',
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:L/MC:N',
      'yes',
      'total',
      undefined,
    ],
    ['3.0', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 'yes', 'total', undefined],
    ['3.0: with a login', 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:H', 'no', 'partial', undefined],
    ['3, without its prefix', 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'yes', 'total', undefined],
    ['2', 'AV:N/AC:L/Au:N/C:C/I:C/A:C', 'yes', 'total', undefined],
    ['2: with a login', 'AV:N/AC:L/Au:S/C:P/I:P/A:P', 'no', 'partial', undefined],
    [
      '4: exploited',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A',
      'yes',
      'total',
      'active' as const,
    ],
    [
      '4: with a proof of concept',
      'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:H/SC:N/SI:N/SA:N/E:P',
      'no',
      'partial',
      'public poc' as const,
    ],
    [
      '4: of which nobody reports an exploit',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U',
      'yes',
      'total',
      undefined,
    ],
    [
      '4: whose threat and supplemental metrics say nothing',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:X/AU:X',
      'yes',
      'total',
      undefined,
    ],
    ['4: with a click', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'no', 'total', undefined],
    [
      '4: a takeover of others only',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:H/SA:H',
      'yes',
      'partial',
      undefined,
    ],
    [
      '4: with every other supplemental metric',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/S:P/R:U/V:D/RE:L/U:Amber',
      'yes',
      'total',
      'public poc' as const,
    ],
    [
      '4: automatable in so many words',
      'CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/AU:Y',
      'yes',
      'partial',
      undefined,
    ],
    [
      '4: not automatable in so many words',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/AU:N',
      'no',
      'partial',
      undefined,
    ],
  ])('CVSS %s', (_case, vector, automatable, technicalImpact, exploitation) => {
    expect(vectorFacts(vector)).toEqual({
      automatable,
      automatableIsStated: expect.any(Boolean),
      technicalImpact,
      ...(exploitation && { exploitation }),
    });
  });

  const SERIOUS = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
  it.each([
    [`${SERIOUS}/AU:Y`, true],
    [`${SERIOUS}/AU:N`, true],
    [`${SERIOUS}/AU:X`, false],
    [SERIOUS, false],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', false],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', false],
  ])('of %s, whether it can be automated is stated: %j', (vector, isStated) => {
    expect(vectorFacts(vector)?.automatableIsStated).toBe(isStated);
  });

  it.each([
    ['nothing', ''],
    ['half a vector', 'CVSS:3.1/AV:N/AC:L'],
    ['a prefix', 'CVSS:3.1/'],
    ['a vector of CVSS 2 without its last metric', 'AV:N/AC:L/Au:N/C:C/I:C'],
    ['a vector of CVSS 3.0 without its last metric', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
    ['a vector of CVSS 3.1 without its last metric', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
    ['a vector of CVSS 3.1 cut within a metric', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:'],
    [
      'a vector of CVSS 4 without its last base metric',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/E:A',
    ],
    ['a base metric that is not defined', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X'],
    ['a metric that says two things', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/AV:L'],
    ['a metric that says one thing twice', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/AV:N'],
    ['a metric that does not exist', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/XX:Y'],
    ['a value that does not exist', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:Q'],
    ['a version that does not exist', 'CVSS:9.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['prose', 'critical'],
  ])('reads %s as no vector', (_case, vector) => {
    expect(vectorFacts(vector)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((tail) => `CVSS:4.0/${tail}`),
        ),
        (text) => {
          vectorFacts(text);
        },
      ),
    );
  });
});
