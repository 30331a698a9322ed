/** The policy file's form: what each key is for, and what it takes. Messages complete "`key` …". */
import { z } from 'zod';
import { BasesFile, SigningKeyFile } from './build-schema.ts';
import { ContextRuleFile, RouteFile, SuppressionFile } from './rule-schema.ts';
import { DefaultsFile, DueDatesFile, TagsFile, ThresholdsFile } from './settings-schema.ts';

/** In each list: every rule is compared with every other of its list. */
export const MAX_RULES = 1000;

export const PolicyFile = z
  .strictObject({
    version: z.literal(1).meta({ description: 'The version of this form.' }),
    defaults: DefaultsFile.prefault({}).meta({ description: 'What holds where no rule and no tag says more.' }),
    tags: TagsFile.prefault({}).meta({
      description: 'The AWS tags that are read: of the workload (of ECS), the repository, the finding’s resource.',
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
    bases: BasesFile.exactOptional().meta({
      description: 'The base images that may be built upon, as references; `*` is any run of characters.',
    }),
    signing: z
      .strictObject({ keys: z.array(SigningKeyFile).min(1).max(MAX_RULES) })
      .exactOptional()
      .meta({ description: 'The keys whose signatures count.' }),
  })
  .meta({
    title: 'Sekisho policy',
    description: 'What is urgent where, who is told, and what is accepted until when.',
  });
