/** How far the local clock is ahead of real time: one 64-bit count of milliseconds that all threads of a process see. */

export const newClockOffset = (): SharedArrayBuffer => new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);

export const clockOffsetMs = (offset: SharedArrayBuffer): number => Number(Atomics.load(new BigInt64Array(offset), 0));

/** For a process that follows a clock in another one: its own count, set to what it is told. */
export const setClockOffsetMs = (offset: SharedArrayBuffer, milliseconds: number): void => {
  Atomics.store(new BigInt64Array(offset), 0, BigInt(milliseconds));
};

/**
 * Makes `Date` of the calling thread follow the clock: `Date.now()`, `new Date()` and `Date()`.
 * Everything else of `Date` stays as it is. Timers, `performance` and `Intl` keep real time.
 */
export const installClock = (offset: SharedArrayBuffer): void => {
  const RealDate = Date;
  const realNow = Date.now.bind(Date);
  const now = (): number => realNow() + clockOffsetMs(offset);
  // A proxy and not a subclass: the prototype stays the real one, so dates made elsewhere are still instances.
  const ClockDate = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = ClockDate;
  globalThis.Date = ClockDate;
};
