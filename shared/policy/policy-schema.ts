/** The policy file's form: what each key is for, and what it takes. Messages complete "`key` …". */
import { z } from 'zod';
import { OUTCOMES } from '../priority/decision.ts';
import { ContextMatch, RouteMatch, SuppressionMatch } from './match-schema.ts';
import { BUILT_IN_POLICY, CRITICALITIES, DESTINATIONS, ENVIRONMENTS, WELLBEINGS } from './policy.ts';

/** In each list: every rule is compared with every other of its list. */
export const MAX_RULES = 1000;

const { defaults, tags, thresholds } = BUILT_IN_POLICY;

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 small letters, digits and hyphens')
  .meta({ description: 'Names it in explanations and messages; no other has the same.', examples: ['payments'] });

const criticality = z.enum(CRITICALITIES).meta({
  description: 'How much of the mission depends on the workload (SSVC: minimal, support, essential).',
});
const wellbeing = z.enum(WELLBEINGS).meta({
  description: 'The harm to people’s well-being if the workload is taken over (SSVC).',
});
const environment = z.enum(ENVIRONMENTS).meta({
  description:
    'What the workload is for. In development, test and sandbox the criticality is low unless somebody states one.',
});
const outcome = z.enum(OUTCOMES);

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
  from: outcome.exactOptional().meta({ description: 'The mildest decision that is told; absent: `thresholds.chat`.' }),
});

export const SuppressionFile = z.strictObject({
  id,
  match: SuppressionMatch,
  reason: z.string().trim().min(1).max(500).meta({ description: 'Why this is accepted, for whoever asks later.' }),
  owner: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ description: 'Who answers for it.', examples: ['team-payments'] }),
  expires: z.iso
    .date('must be a day such as 2027-01-31')
    .meta({ description: 'The last day on which it holds, in UTC; at most a year ahead.', examples: ['2027-01-31'] }),
});

export const ThresholdsFile = z.strictObject({
  chat: outcome.default(thresholds.chat).meta({ description: 'The mildest decision that opens a message.' }),
  mention: outcome.default(thresholds.mention).meta({ description: 'The mildest decision that mentions people.' }),
});

const days = z.union(
  [z.int().min(0).max(3650), z.literal('next-rebuild')],
  'must be a number of days, or next-rebuild',
);

export const DueDatesFile = z.strictObject({
  act: days.default(3),
  attend: days.default(14),
  'track*': days.default(60),
  track: days.default('next-rebuild'),
  follow: z.literal('bod-26-04').exactOptional().meta({
    description: 'Vulnerabilities are due when CISA’s directive BOD 26-04 says so, where its inputs are known.',
  }),
});

export const SigningKeyFile = z.strictObject({
  id,
  publicKey: z.string().exactOptional().meta({ description: 'A public key as PEM.' }),
  kmsKeyArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'must be the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID',
    )
    .exactOptional()
    .meta({ description: 'The ARN of an asymmetric key in KMS.' }),
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

const imagePattern = z.string().regex(/^[A-Za-z0-9*._:@/-]{1,512}$/, 'must be an image reference or a pattern of one');

export const PolicyFile = z
  .strictObject({
    version: z.literal(1).meta({ description: 'The version of this form.' }),
    defaults: z
      .strictObject({
        criticality: criticality.default(defaults.criticality),
        wellbeing: wellbeing.default(defaults.wellbeing),
        environment: environment.default(defaults.environment),
      })
      .prefault({})
      .meta({ description: 'What holds where no rule and no tag says more.' }),
    tags: z
      .strictObject({
        criticality: keysOf('criticality'),
        wellbeing: keysOf('wellbeing'),
        environment: keysOf('environment'),
      })
      .prefault({})
      .meta({
        description: 'The AWS tags that are read: of the service or task, the repository, the finding’s resource.',
      }),
    context: z
      .array(ContextRuleFile)
      .max(MAX_RULES)
      .default([])
      .meta({ description: 'How much depends on what. The first rule that matches counts, before all tags.' }),
    routing: z
      .array(RouteFile)
      .max(MAX_RULES)
      .default([])
      .meta({ description: 'Who is told. The first rule that matches counts; without one, everybody is.' }),
    thresholds: ThresholdsFile.prefault({}).meta({ description: 'From which decision on people are told.' }),
    floor: z
      .literal('bod-26-04')
      .exactOptional()
      .meta({ description: 'No vulnerability is decided milder than CISA’s directive BOD 26-04 asks for.' }),
    dueDates: DueDatesFile.prefault({}).meta({ description: 'Days until a decision is due.' }),
    suppressions: z
      .array(SuppressionFile)
      .max(MAX_RULES)
      .default([])
      .meta({ description: 'Accepted risks: decided and recorded, told to nobody, until they expire.' }),
    bases: z
      .strictObject({
        allowed: z
          .array(imagePattern)
          .min(1)
          .meta({ examples: [['docker.io/library/node:*']] }),
      })
      .exactOptional()
      .meta({ description: 'The base images that may be built upon, as references; `*` is any run of characters.' }),
    signing: z
      .strictObject({ keys: z.array(SigningKeyFile).min(1).max(MAX_RULES) })
      .exactOptional()
      .meta({ description: 'The keys whose signatures count.' }),
  })
  .meta({
    title: 'Sekisho policy',
    description: 'What is urgent where, who is told, and what is accepted until when.',
  });
