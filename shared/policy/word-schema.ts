/** The words of a policy file that several of its parts take. Messages complete "`key` …". */
import { z } from 'zod';
import { OUTCOMES } from '../priority/decision.ts';
import { CRITICALITIES, ENVIRONMENTS, WELLBEINGS } from './policy.ts';

export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 small letters, digits and hyphens')
  .meta({ description: 'Names it in explanations and messages; no other has the same.', examples: ['payments'] });

export const criticality = z.enum(CRITICALITIES).meta({
  description: 'How much of the mission depends on the workload (SSVC: minimal, support, essential).',
});

export const wellbeing = z.enum(WELLBEINGS).meta({
  description: 'The harm to people’s well-being if the workload is taken over (SSVC).',
});

export const environment = z.enum(ENVIRONMENTS).meta({
  description:
    'What the workload is for. In development, test and sandbox the criticality is low unless somebody states one.',
});

export const outcome = z.enum(OUTCOMES);
