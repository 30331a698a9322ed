/** A clause of a published standard that a finding falls under. */

export interface Reference {
  readonly standard: 'NIST SP 800-190' | 'CIS Docker Benchmark';
  /** `3.1.1`, `5.5`. */
  readonly id: string;
  readonly title: string;
}
