/** Finding details as somebody hands them to the runtime: in the form of Inspector's API, with times as text. */
import type { FindingDetail } from '@aws-sdk/client-inspector2';
import { z } from 'zod';
import { FINDING_ARN } from './inspector2-constraints.ts';

export type GivenDetails = FindingDetail & { readonly findingArn: string };

const Time = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => new Date(text));
const Texts = z.array(z.string());

// Members that are not known are refused: a misspelt one would be missed by whoever reads the details.
const Details = z.array(
  z.strictObject({
    findingArn: z.string().regex(FINDING_ARN),
    cisaData: z
      .strictObject({ dateAdded: Time.optional(), dateDue: Time.optional(), action: z.string().optional() })
      .optional(),
    exploitObserved: z.strictObject({ firstSeen: Time.optional(), lastSeen: Time.optional() }).optional(),
    epssScore: z.number().min(0).max(1).optional(),
    riskScore: z.int().optional(),
    cwes: Texts.optional(),
    referenceUrls: Texts.max(100).optional(),
    tools: Texts.optional(),
    ttps: Texts.optional(),
  }),
);

/** The details, or what is wrong with them. */
export const givenDetailsFrom = (
  body: unknown,
): { readonly details: readonly GivenDetails[] } | { readonly problem: string } => {
  const parsed = Details.safeParse(body);
  return parsed.success ? { details: parsed.data } : { problem: z.prettifyError(parsed.error) };
};
