/** The option `--today` of commands that read a policy: its suppressions end on days. */
import { InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import type { Clock } from '../../shared/base/clock.ts';

/** A day in UTC, as `2026-11-20`. */
export const todayOption = (clock: Clock): Option =>
  new Option('--today <day>', 'the day on which the policy is read, such as 2026-11-20')
    .argParser(parseDay)
    .default(clock.now().toISOString().slice(0, 10), 'today, in UTC');

const parseDay = (text: string): string => {
  const day = z.iso.date().safeParse(text);
  if (!day.success) throw new InvalidArgumentError('It must be a day such as 2026-11-20.');
  return day.data;
};
