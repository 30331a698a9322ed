import { expect, it } from 'vitest';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import { vectorPoints } from '../../../shared/priority/vector-points.ts';
import { VULNERABILITY } from '../enrichment/findings.ts';

const TAKEOVER = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const LOCAL = 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H';

it.each<[string, Partial<Vulnerability>, unknown[]]>([
  [
    'a vector that nothing hinders to automate: somebody may still have to',
    { cvss: [{ version: '3.1', score: 9.8, vector: TAKEOVER }] },
    [['no', 'yes'], 'yes', 'cvss', ['total'], 9.8, 'its CVSS 3.1 vector'],
  ],
  [
    'a vector that needs an account',
    { cvss: [{ version: '3.1', score: 7.8, vector: LOCAL }] },
    [['no'], 'no', 'cvss', ['total'], 7.8, 'its CVSS 3.1 vector'],
  ],
  [
    'a vector that says itself that it can be automated',
    {
      cvss: [
        {
          version: '4.0',
          score: 9.3,
          vector: 'CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/AU:Y',
        },
      ],
    },
    [['yes'], 'yes', 'stated', ['total'], 9.3, 'its CVSS 4.0 vector says so (AU:Y)'],
  ],
  [
    'no vector',
    { cvss: [{ version: '3.1', score: 6.1 }] },
    [['no', 'yes'], 'yes', 'default', ['partial', 'total'], 6.1, 'no CVSS vector is known: SSVC’s default'],
  ],
  [
    'no score',
    { cvss: [], severity: 'CRITICAL' },
    [['no', 'yes'], 'yes', 'default', ['partial', 'total'], 9.5, 'no CVSS vector is known: SSVC’s default'],
  ],
  [
    'no score and no triage',
    { cvss: [], severity: 'UNTRIAGED' },
    [['no', 'yes'], 'yes', 'default', ['partial', 'total'], 5, 'no CVSS vector is known: SSVC’s default'],
  ],
  [
    'a broken vector before a good one',
    {
      cvss: [
        { version: '4.0', score: 7, vector: 'CVSS:3.1/AV:N' },
        { version: '3.1', score: 9.8, vector: TAKEOVER },
      ],
    },
    [['no', 'yes'], 'yes', 'cvss', ['total'], 7, 'its CVSS 3.1 vector'],
  ],
])('a vulnerability with %s', (_case, change, expected) => {
  const points = vectorPoints({ ...VULNERABILITY, ...change });
  expect([
    points.automatable.possible,
    points.automatable.taken,
    points.automatableEvidence,
    points.technicalImpact.possible,
    points.score,
    points.automatable.evidence,
  ]).toEqual(expected);
  expect(points.technicalImpact.taken).toBe('total');
});
