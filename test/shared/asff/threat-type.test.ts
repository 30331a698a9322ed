import { expect, it } from 'vitest';
import { threatType } from '../../../shared/asff/threat-type.ts';

it.each([
  ['Execution:ECS/MaliciousFile', 'TTPs/Execution/Execution:ECS-MaliciousFile'],
  ['Backdoor:Runtime/C&CActivity.B!DNS', 'TTPs/Command and Control/Backdoor:Runtime-C&CActivity.B!DNS'],
  ['Impact:Runtime/CryptoMinerExecuted', 'Effects/Resource Consumption/Impact:Runtime-CryptoMinerExecuted'],
  ['AttackSequence:ECS/CompromisedCluster', 'TTPs'],
  ['', 'TTPs'],
])('%s is %s', (type, expected) => {
  expect(threatType(type)).toBe(expected);
});
