/** Reads a function's settings from its environment, once, when it starts. */
import type { z } from 'zod/mini';

/** Throws with the names that are missing or wrong: a function that is set up wrongly must not start. */
export const readSettings = <Schema extends z.ZodMiniType>(schema: Schema): z.output<Schema> => {
  const settings = schema.safeParse(process.env);
  if (settings.success) return settings.data;
  const names = settings.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Error(`The function's environment lacks or misstates: ${names}.`);
};
