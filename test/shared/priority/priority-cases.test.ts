import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decideImageIssue } from '../../../shared/priority/decide-image-issue.ts';
import { decideThreat } from '../../../shared/priority/decide-threat.ts';
import { decideVulnerability } from '../../../shared/priority/decide-vulnerability.ts';

const FILE = '../shared/design/priority-cases.json';
const present = existsSync(FILE);
if (!present) console.log(`skipped: ${FILE} is not here`);

// biome-ignore lint/suspicious/noExplicitAny: cases of a foreign file
const cases: any[] = present ? JSON.parse(readFileSync(FILE, 'utf8')) : [{ id: 'none' }];

// biome-ignore lint/suspicious/noExplicitAny: cases of a foreign file
const place = (input: any) => ({
  ...(typeof input.barriers === 'number' && { barriers: input.barriers }),
  ...(input.exposure && input.exposure !== 'unknown' && { exposure: input.exposure }),
  ...(typeof input.inUse === 'boolean' && { inUse: input.inUse }),
  vmBoundary: input.vmBoundary ?? false,
  mwi: input.MWI,
});

// biome-ignore lint/suspicious/noExplicitAny: cases of a foreign file
const decideCase = (family: string, input: any) => {
  if (family === 'vulnerability') {
    return decideVulnerability({
      ...place(input),
      cvss: input.cvss,
      exploitation: input.E,
      kev: input.kev,
      ...(typeof input.epss === 'number' && { epss: input.epss }),
      automatable: input.A,
      automatableEvidence: input.automatableEvidence ?? 'adp',
      technicalImpact: input.TI,
      escape: input.escape ?? false,
      sharedNode: input.sharedNode ?? false,
      ...(input.floor && { floor: input.floor }),
    });
  }
  if (family === 'threat') {
    const { type, sev, breakout, count, corr } = input;
    return decideThreat({ ...place(input), type, severity: sev, breakout, count, correlation: corr });
  }
  const { ruleSeverity, ruleClass, confirmed } = input;
  return decideImageIssue({ ...place(input), ruleSeverity, ruleClass, confirmed });
};

describe('the worked cases', () => {
  it.skipIf(!present).each(cases)('$id $title', ({ family, input, expected }) => {
    const { decision, ...rest } = expected;
    const { outcome, ...verdict } = decideCase(family, input);
    expect({ decision: outcome, ...verdict }).toEqual({ decision, ...rest });
  });
});
