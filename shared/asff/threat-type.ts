/** GuardDuty's finding type as a path of Security Hub's types taxonomy. */
import { BOUNDS, nonEmpty } from './limits.ts';

/** GuardDuty's threat purposes, as the taxonomy calls them. */
const CATEGORY_OF_PURPOSE: ReadonlyMap<string, string> = new Map([
  ['Backdoor', 'TTPs/Command and Control'],
  ['CredentialAccess', 'TTPs/Credential Access'],
  ['CryptoCurrency', 'Effects/Resource Consumption'],
  ['DefenseEvasion', 'TTPs/Defense Evasion'],
  ['Discovery', 'TTPs/Discovery'],
  ['Execution', 'TTPs/Execution'],
  ['Impact', 'Effects/Resource Consumption'],
  ['Persistence', 'TTPs/Persistence'],
  ['PrivilegeEscalation', 'TTPs/Privilege Escalation'],
  ['Trojan', 'TTPs/Command and Control'],
]);

/** `TTPs/Privilege Escalation/PrivilegeEscalation:Runtime-RuncContainerEscape`; the bare namespace for other purposes. */
export const threatType = (type: string): string => {
  const category = CATEGORY_OF_PURPOSE.get(type.split(':')[0] ?? '');
  // A slash of the type would start a new part of the path.
  const classifier = nonEmpty(type.replaceAll('/', '-'), BOUNDS.text);
  return category && classifier ? `${category}/${classifier}` : 'TTPs';
};
