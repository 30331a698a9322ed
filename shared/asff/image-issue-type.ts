/** The class of a rule about images as a path of Security Hub's types taxonomy. */
import type { RuleClass } from '../rules/rule.ts';

/** NIST SP 800-190 and the CIS Docker Benchmark are no AWS best practices. */
const CHECK = 'Software and Configuration Checks/Industry and Regulatory Standards';

const TYPES = {
  secret: 'Sensitive Data Identifications/Security',
  privilege: CHECK,
  'supply-chain': CHECK,
  'runtime-attack': CHECK,
  surface: CHECK,
  hygiene: CHECK,
} as const satisfies Record<RuleClass, string>;

export const imageIssueType = (ruleClass: RuleClass): string => TYPES[ruleClass];
