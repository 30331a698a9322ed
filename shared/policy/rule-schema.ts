/** The form of a policy file's rules: context, routing and suppressions. Messages complete "`key` …". */
import { z } from 'zod';
import { plainText } from '../base/clip-text.ts';
import { ContextMatch, RouteMatch, SuppressionMatch } from './match-schema.ts';
import { DESTINATIONS } from './policy.ts';
import { criticality, environment, id, outcome, wellbeing } from './word-schema.ts';

export const ContextRuleFile = z.strictObject({
  id,
  match: ContextMatch.exactOptional(),
  criticality: criticality.exactOptional(),
  wellbeing: wellbeing.exactOptional(),
  environment: environment.exactOptional(),
});

export const RouteFile = z.strictObject({
  id,
  match: RouteMatch.exactOptional(),
  to: z
    .array(z.enum(DESTINATIONS))
    .meta({ description: 'Who is told; an empty list: nobody.', examples: [['slack'], []] }),
  from: outcome.exactOptional().meta({
    description: 'The mildest decision that is told; absent: `thresholds.chat`, and `thresholds.image` for its kind.',
  }),
});

/** What people read: characters that nobody sees are no text. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((given) => plainText(given) !== '', 'is empty: fill it, or remove the key');

export const SuppressionFile = z.strictObject({
  id,
  match: SuppressionMatch,
  reason: text(500).meta({ description: 'Why this is accepted, for whoever asks later.' }),
  owner: text(100).meta({ description: 'Who answers for it.', examples: ['team-payments'] }),
  expires: z.iso
    .date('must be a day such as 2027-01-31')
    .meta({ description: 'The last day on which it holds, in UTC; at most a year ahead.', examples: ['2027-01-31'] }),
});
