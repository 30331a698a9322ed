/** Groups for cases that share one store. */

let groups = 0;

/** A group that no other case has written to. */
export const newGroup = (): string => {
  groups += 1;
  return `group-${groups}`;
};
