/** Statements for tests, written by what differs. */
import type { PolicyStatement } from '../../../local/template/policy.ts';

export const statement = (given: Partial<PolicyStatement>): PolicyStatement => ({
  effect: 'Allow',
  actions: [],
  notActions: [],
  resources: [],
  notResources: [],
  principals: {},
  conditions: {},
  ...given,
});

export const allow = (action: string, resource: string): PolicyStatement =>
  statement({ actions: [action], resources: [resource] });
