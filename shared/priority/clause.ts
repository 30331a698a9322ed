/** A reason as a part of a longer sentence: without the full stop that it has on its own. */
export const clause = (reason: string): string => {
  const text = reason.trimEnd();
  return text.endsWith('.') ? text.slice(0, -1) : text;
};
