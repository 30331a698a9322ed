/** Time as a port: the core never reads the machine's clock itself. */
export interface Clock {
  readonly now: () => Date;
}

export const systemClock: Clock = { now: () => new Date() };
