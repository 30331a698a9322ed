/** The form of what `sekisho inspect --format json` prints. Members are added to it and none is changed. */
import { z } from 'zod';
import { ORIGIN_EVIDENCE } from '../dockerfile/instruction.ts';
import { SIGNATURE_STATES } from '../dossier/inspected-image.ts';
import { SECRET_KINDS } from '../layer/layer-report.ts';
import { SEVERITIES } from '../rules/rule.ts';

const digest = z
  .string()
  .regex(/^sha256:[a-f0-9]{64}$/)
  .meta({ id: 'digest' });
const origin = z
  .enum(['base', 'app', 'unknown'])
  .meta({ id: 'origin', description: 'whose it is: the base image’s, or the user’s own' });
const rung = z
  .enum(ORIGIN_EVIDENCE)
  .meta({ id: 'evidence', description: 'what tells so, the strongest first; `none`: nothing does' });
const count = z.int().nonnegative();
const index = count.nullable().describe('index into `dockerfile`, from 0; null: not known, or none');

const Instruction = z.strictObject({
  instruction: z.string().describe('as one would write it, secrets replaced by [redacted]; may have several lines'),
  origin,
  layer: digest.nullable().describe('the layer that it made, compressed; null: it made none, or it is not known which'),
  line: z.int().positive().nullable().describe('in the author’s own file, from 1; only provenance knows it'),
  evidence: rung.describe('what tells its origin'),
});

const Layer = z.strictObject({
  digest: digest.describe('of the blob, as the manifest names it'),
  diffId: digest.nullable().describe('of the uncompressed tar; null: it was not read to its end'),
  size: count.describe('bytes of the blob'),
  files: count.describe('entries that are no directories; 0 where it was not read'),
  instruction: index,
  truncated: z.boolean().describe('it was not read in full: what it holds is not known, and never clean'),
  truncations: z.array(z.string()).describe('why, one sentence each'),
});

const Evidence = z.strictObject({
  text: z.string(),
  origin,
  instruction: index,
  layer: digest.nullable(),
  path: z.string().nullable().describe('in the image, without a leading slash'),
});

const Verdict = z.strictObject({
  rule: z.string().describe('IMG-001'),
  verdict: z.enum(['pass', 'fail', 'unknown', 'not-applicable']),
  severity: z.enum(SEVERITIES).describe('of the failure; of the rule itself where it did not fail'),
  origin,
  evidence: z.array(Evidence).describe('of a failure, what matters most first'),
  evidenceLeftOut: count.describe('how many more there were'),
  confirmed: z.boolean().describe('false: the rule guesses'),
  because: z.string().optional().describe('what is missing to answer, or why the rule does not apply'),
});

const Secret = z.strictObject({
  kind: z.enum(SECRET_KINDS),
  path: z.string().describe('without a leading slash'),
  layer: digest,
  deletedBy: digest.nullable().describe('the later layer that removed it: it can still be read from the first'),
  fingerprint: z.string().describe('equal for equal secrets, and nothing of their value'),
});

const Component = z.strictObject({
  name: z.string(),
  version: z.string(),
  type: z.string().describe('as in a package URL: deb, apk, rpm, npm, pypi, golang, maven'),
  layer: digest,
});

const Platform = z.strictObject({
  platform: z.string().describe('linux/arm64'),
  digest: digest.describe('of its own manifest'),
  dockerfile: z.array(Instruction).describe('oldest first'),
  attribution: z
    .union([
      z.strictObject({
        attributed: z.literal(true),
        unexplained: z
          .array(z.strictObject({ layer: digest, reason: z.string() }))
          .optional()
          .describe('layers that several instructions share; absent: none'),
      }),
      z.strictObject({ attributed: z.literal(false), reason: z.string() }),
    ])
    .describe('whether each layer could be given to its instruction, or why not'),
  base: z.strictObject({ name: z.string().optional(), digest: digest.optional(), evidence: rung }),
  layers: z.array(Layer).describe('lowest first'),
  verdicts: z.array(Verdict).describe('one for each rule'),
  secrets: z.array(Secret),
  components: z.array(Component).describe('packages of the final file system'),
  distribution: z.string().nullable(),
  signature: z.enum(SIGNATURE_STATES),
  complete: z.boolean().describe('every layer was read in full'),
});

export const InspectionJson = z.strictObject({
  image: z.strictObject({
    reference: z.string().describe('as it was asked for'),
    digest,
    mediaType: z.string(),
    platform: z.string().nullable().describe('null for an index, which is of several'),
  }),
  platforms: z.array(Platform).describe('every runnable platform; empty for an artifact'),
  artifact: z
    .strictObject({ type: z.string(), reason: z.string() })
    .optional()
    .describe('what it is where it is no image'),
});
export type InspectionJson = z.output<typeof InspectionJson>;
export type PlatformJson = z.output<typeof Platform>;
export type VerdictJson = z.output<typeof Verdict>;
export type LayerJson = z.output<typeof Layer>;
