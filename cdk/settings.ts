/** What a user may set for a deployment, from the CDK's context: typed, checked, with defaults that suit a first try. */
import { z } from 'zod';

const schema = z.strictObject({
  /** Every name starts with it, so that two installations can stand side by side. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/)
    .default('sekisho'),
  /** How long an image's findings are gathered before its message goes out; SQS allows up to 900 seconds. */
  groupWaitSeconds: z.int().min(0).max(900).default(60),
  /** The policy file, relative to where the CDK runs; without one `policy.yaml` is taken if it is there, else the built-in policy. */
  policy: z.string().min(1).optional(),
  /** CISA's list of known exploited vulnerabilities, or your mirror of it: https, in CISA's JSON form. */
  kevFeed: z
    .url({ protocol: /^https$/ })
    .refine(
      (address) => !/^https:\/\/[^/]*@/.test(address),
      'it carries credentials, which would stand in the template',
    )
    .default('https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'),
  logRetentionDays: z.literal([7, 14, 30, 90, 180, 365]).default(30),
});

export type Settings = z.output<typeof schema>;

/** `context`: the value of the CDK context key `sekisho`. Throws with the key and what is wrong with it. */
export const readDeploymentSettings = (context: unknown): Settings => {
  const settings = schema.safeParse(context ?? {});
  if (settings.success) return settings.data;
  const problems = settings.error.issues.map(({ path, message }) => `${path.join('.') || 'sekisho'}: ${message}`);
  throw new Error(`The context key "sekisho" is not right: ${problems.join('; ')}`);
};
