/** The value at a path of a policy file; undefined where there is none. */
import type { Path } from './policy-problem.ts';

/** `value`: the whole file. Only what the file itself says counts: `constructor` is in no file. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (within, step) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, step)
        ? Object.entries(within).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );
