/** The secrets of an inspection, up to a number, and how many more there are. */
import type { InspectionSummary } from './inspection.ts';

type Listed = Pick<InspectionSummary, 'secrets' | 'secretsLeftOut'>;

export const firstSecrets = ({ secrets, secretsLeftOut = 0 }: Listed, most: number): Listed => {
  const leftOut = secretsLeftOut + Math.max(0, secrets.length - most);
  return { secrets: secrets.slice(0, most), ...(leftOut > 0 && { secretsLeftOut: leftOut }) };
};
