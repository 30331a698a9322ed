/** Whether something that was kept is Inspector's details as this release writes them. */
import * as z from 'zod/mini';
import type { FindingDetails } from './finding-details.ts';

const Time = z.optional(z.iso.datetime());

const Details = z.object({
  askedOn: z.iso.date(),
  cisa: z.optional(z.object({ dateAdded: z.optional(z.iso.date()) })),
  exploitObserved: z.optional(z.object({ firstSeen: Time, lastSeen: Time })),
  epss: z.optional(z.number()),
});

export const isFindingDetails = (value: unknown): value is FindingDetails => Details.safeParse(value).success;
