/** Security Hub in memory: what it was sent, and whether that changes what it has. */
import type { AsffFinding } from '../asff/asff.ts';
import { ok } from '../base/result.ts';
import type { FindingSink } from '../pipeline/ports.ts';

export interface SentFinding {
  readonly finding: AsffFinding;
  /** False where the finding is there already and `UpdatedAt` is not later: Security Hub ignores such an update. */
  readonly isNews: boolean;
}

export interface InMemoryHub extends FindingSink {
  /** What was sent since this was last called, in order. */
  readonly take: () => readonly SentFinding[];
}

export const inMemoryHub = (): InMemoryHub => {
  const updatedAt = new Map<string, string>();
  const sent: SentFinding[] = [];
  return {
    send: async (findings) =>
      findings.map((finding) => {
        const identity = `${finding.ProductArn} ${finding.Id}`;
        const before = updatedAt.get(identity);
        const isNews = before === undefined || finding.UpdatedAt > before;
        if (isNews) updatedAt.set(identity, finding.UpdatedAt);
        sent.push({ finding, isNews });
        return ok(undefined);
      }),
    take: () => sent.splice(0),
  };
};
