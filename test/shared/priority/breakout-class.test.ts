import { expect, it } from 'vitest';
import { breakoutClass } from '../../../shared/priority/breakout-class.ts';

it.each([
  ['DefenseEvasion:Runtime/KernelModuleLoaded', 'host-compromise'],
  ['PrivilegeEscalation:Runtime/RuncContainerEscape', 'escape-attempt'],
  ['PrivilegeEscalation:Kubernetes/PrivilegedContainer', 'escape-enabler'],
  ['Policy:Kubernetes/AdminAccessToDefaultServiceAccount', 'none'],
  ['AttackSequence:ECS/CompromisedCluster', 'none'],
  ['Future:Runtime/NotYetInvented', 'none'],
  ['constructor', 'none'],
])('%s is %s', (type, expected) => {
  expect(breakoutClass(type)).toBe(expected);
});
