/** The form of a policy file's settings: what holds for all findings. Messages complete "`key` …". */
import { z } from 'zod';
import type { Outcome } from '../priority/decision.ts';
import { BUILT_IN_POLICY } from './policy.ts';
import { criticality, environment, outcome, wellbeing } from './word-schema.ts';

const { defaults, tags, thresholds, dueDates } = BUILT_IN_POLICY;

export const DefaultsFile = z.strictObject({
  criticality: criticality.default(defaults.criticality),
  wellbeing: wellbeing.default(defaults.wellbeing),
  environment: environment.default(defaults.environment),
});

const key = z
  .string()
  .max(128)
  .regex(/^[^\p{Cc}]+$/u, 'must be the key of a tag');
const keysOf = (attribute: keyof typeof tags) =>
  z
    .array(key)
    .max(5)
    .default([...tags[attribute]])
    .meta({
      description: `Tag keys that state the ${attribute}, whatever their case. An empty list: no tag does.`,
    });

export const TagsFile = z.strictObject({
  criticality: keysOf('criticality'),
  wellbeing: keysOf('wellbeing'),
  environment: keysOf('environment'),
});

export const ThresholdsFile = z.strictObject({
  chat: outcome.default(thresholds.chat).meta({ description: 'The mildest decision that opens a message.' }),
  image: outcome.exactOptional().meta({
    description: `The same for what the rules say of an image itself, so that not every push opens a message. Absent: ${thresholds.image}, or \`chat\` where that is worse.`,
  }),
  mention: outcome.default(thresholds.mention).meta({ description: 'The mildest decision that mentions people.' }),
});

const days = z.union(
  [z.int().min(0).max(3650), z.literal('next-rebuild')],
  'must be a number of days, or next-rebuild',
);
const daysFor = (decided: Outcome) => days.default(dueDates.days[decided] ?? 'next-rebuild');

export const DueDatesFile = z.strictObject({
  act: daysFor('act'),
  attend: daysFor('attend'),
  'track*': daysFor('track*'),
  track: daysFor('track'),
  follow: z.literal('bod-26-04').exactOptional().meta({
    description: 'Vulnerabilities are due when CISA’s directive BOD 26-04 says so, where its inputs are known.',
  }),
});
