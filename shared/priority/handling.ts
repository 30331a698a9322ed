/** What the user's policy says after a decision: who is told, and who accepted it until when. */

export interface Suppression {
  /** Id of the policy's rule. */
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `2027-01-31`, in UTC. */
  readonly expires: string;
}

export interface Handling {
  readonly suppressed?: Suppression;
  /** Names of the destinations that are told; empty: it is in Security Hub alone. */
  readonly destinations: readonly string[];
  /** Whether the message calls somebody. */
  readonly mention: boolean;
  /** Id of the routing rule; absent: the policy's thresholds alone. */
  readonly route?: string;
}
