/** The `decided` queue in memory: what waits in it is JSON, as on a queue between two functions. */
import { ok } from '../base/result.ts';
import type { DecidedQueue } from '../pipeline/ports.ts';

export interface InMemoryDecidedQueue extends DecidedQueue {
  /** The bodies that wait, oldest first; they wait no longer. */
  readonly take: () => readonly string[];
}

export const inMemoryDecidedQueue = (): InMemoryDecidedQueue => {
  const bodies: string[] = [];
  return {
    send: async (findings) =>
      findings.map((finding) => {
        bodies.push(JSON.stringify(finding));
        return ok(undefined);
      }),
    take: () => bodies.splice(0),
  };
};
