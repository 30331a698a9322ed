/** Of the program, as its package says. */
import { readFileSync } from 'node:fs';

export const version = (): string => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return version;
};
