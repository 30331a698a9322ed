/** How severe something is in the words of SARIF, and as the number by which code scanning sorts. */
import type { Severity } from '../rules/rule.ts';

const LEVELS = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFO: 'note',
} as const satisfies Readonly<Record<Severity, string>>;

export type SarifLevel = (typeof LEVELS)[Severity];
export const sarifLevel = (severity: Severity): SarifLevel => LEVELS[severity];

/** GitHub: above 9 critical, from 7 high, from 4 medium, above 0 low. */
const NUMBERS = {
  CRITICAL: '9.5',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '2.0',
  INFO: '0.0',
} as const satisfies Readonly<Record<Severity, string>>;

export const securitySeverity = (severity: Severity): string => NUMBERS[severity];
