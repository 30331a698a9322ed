/** A bucket of tokens: every call takes one, and so many come back in a second until it is full again. */

export interface TokenBucketOptions {
  readonly perSecond: number;
  readonly burst: number;
}

export interface TokenBucket {
  /** False when the bucket is empty: the call takes nothing then. */
  readonly take: (nowMs: number) => boolean;
}

/** In thousandths: whole numbers, so that nothing is lost between two calls. */
const TOKEN = 1000;

/** It is full at first. Times are whole milliseconds and never go back. */
export const createTokenBucket = ({ perSecond, burst }: TokenBucketOptions): TokenBucket => {
  let level = burst * TOKEN;
  let filledAtMs: number | undefined;
  return {
    take: (nowMs) => {
      // Tokens per second are thousandths per millisecond.
      level = Math.min(burst * TOKEN, level + (nowMs - (filledAtMs ?? nowMs)) * perSecond);
      filledAtMs = nowMs;
      if (level < TOKEN) return false;
      level -= TOKEN;
      return true;
    },
  };
};
