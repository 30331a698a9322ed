/** A policy file that has its form → the policy. */
import type { z } from 'zod';
import { plainText } from '../base/clip-text.ts';
import type { DueDays } from '../priority/decision-terms.ts';
import { worseOutcome } from '../priority/worst-outcome.ts';
import type { SigningKeyFile } from './build-schema.ts';
import { BUILT_IN_POLICY, type Policy, type SigningKey } from './policy.ts';
import { policyName } from './policy-name.ts';
import type { PolicyFile } from './policy-schema.ts';
import type { DueDatesFile, ThresholdsFile } from './settings-schema.ts';

export const policyFromFile = (file: z.output<typeof PolicyFile>): Policy => {
  const policy = withoutName(file);
  return { name: policyName(policy), ...policy };
};

const withoutName = (file: z.output<typeof PolicyFile>): Omit<Policy, 'name'> => ({
  version: file.version,
  defaults: file.defaults,
  tags: file.tags,
  context: file.context.map((rule) => ({ ...rule, match: rule.match ?? {} })),
  routing: file.routing.map((rule) => ({ ...rule, match: rule.match ?? {} })),
  thresholds: thresholdsFromFile(file.thresholds),
  ...(file.floor && { floor: file.floor }),
  dueDates: { days: dueDaysFromFile(file.dueDates), ...(file.dueDates.follow && { follow: file.dueDates.follow }) },
  suppressions: file.suppressions.map((rule) => ({
    ...rule,
    reason: plainText(rule.reason),
    owner: plainText(rule.owner),
  })),
  bases: file.bases ?? BUILT_IN_POLICY.bases,
  signing: { keys: (file.signing?.keys ?? []).flatMap(signingKeyFromFile) },
});

/** Who wants to hear of nothing milder than `chat` says so of images too. */
export const thresholdsFromFile = (file: z.output<typeof ThresholdsFile>): Policy['thresholds'] => ({
  ...file,
  image: file.image ?? worseOutcome(file.chat, BUILT_IN_POLICY.thresholds.image),
});

/** Null: with the next rebuild. */
export const dueDaysFromFile = (file: z.output<typeof DueDatesFile>): DueDays => {
  const days = (given: number | 'next-rebuild') => (given === 'next-rebuild' ? null : given);
  return {
    act: days(file.act),
    attend: days(file.attend),
    'track*': days(file['track*']),
    track: days(file.track),
  };
};

const signingKeyFromFile = ({ id, publicKey, kmsKeyArn }: z.output<typeof SigningKeyFile>): readonly SigningKey[] => {
  if (publicKey !== undefined) return [{ id, publicKey }];
  return kmsKeyArn === undefined ? [] : [{ id, kmsKeyArn }];
};
