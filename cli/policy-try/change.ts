/** A finding that the tried policy decides otherwise, and why. */
import type { Outcome } from '../../shared/priority/decision.ts';
import type { TriedFinding } from './tried-finding.ts';
import type { TriedPair } from './try-policies.ts';

export interface Change {
  /** Its key, as `sekisho replay` prints it. */
  readonly finding: string;
  readonly title: string;
  readonly image?: string;
  readonly from: Outcome;
  readonly to: Outcome;
  /** One sentence each. */
  readonly reasonBefore: string;
  readonly reasonAfter: string;
  /** What of the policy makes the difference; never empty. */
  readonly because: readonly string[];
}

export const changeOf = ({ key, title, image, before, after }: TriedPair): Change => ({
  finding: key,
  title,
  ...(image !== undefined && { image }),
  from: before.decision,
  to: after.decision,
  reasonBefore: before.reason,
  reasonAfter: after.reason,
  because: becauseOf(before, after),
});

/** The floor under vulnerabilities that a policy may ask for. */
const FLOOR = 'B1';

const becauseOf = (before: TriedFinding, after: TriedFinding): readonly string[] => {
  const [had, has] = [before.rules.includes(FLOOR), after.rules.includes(FLOOR)];
  const reasons = [
    ...(before.mission.value === after.mission.value
      ? []
      : [`${after.mission.evidence}: Mission & Well-Being is ${after.mission.value}, and was ${before.mission.value}`]),
    ...(has && !had ? ['the floor of CISA BOD 26-04 holds it up'] : []),
    ...(had && !has ? ['the floor of CISA BOD 26-04 holds it up no longer'] : []),
  ];
  return reasons.length > 0 ? reasons : ['the policies differ in what they say of it'];
};
