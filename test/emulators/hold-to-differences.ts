/** Turns the cases around that are known to fail with a party: they must fail, and show what is written down. */
import { afterEach, beforeAll, type RunnerTask, type RunnerTestCase } from 'vitest';
import { DIFFERENCES, type Difference } from './differences.ts';
import type { Party, Suite } from './parties.ts';

const casesOf = (tasks: readonly RunnerTask[], titles: readonly string[] = []): readonly [string, RunnerTestCase][] =>
  tasks.flatMap((task): readonly [string, RunnerTestCase][] =>
    task.type === 'suite' ? casesOf(task.tasks, [...titles, task.name]) : [[[...titles, task.name].join(' > '), task]],
  );

/** For the `describe` that holds one contract and nothing else. */
export const holdToDifferences = (party: Party, suite: Suite): void => {
  const rows = DIFFERENCES.filter((row) => row.party === party && row.suite === suite);
  const expected = new Map<string, Difference>();

  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures a hook asks for: none.
  beforeAll(({}, { tasks }) => {
    const cases = new Map(casesOf(tasks));
    for (const row of rows) {
      const task = cases.get(row.case);
      if (task === undefined) throw new Error(`No case of ${suite} is called: ${row.case}`);
      expected.set(task.id, row);
      task.fails = true;
    }
  });

  // What fails from here on is no longer turned around.
  afterEach(({ task }) => {
    const row = expected.get(task.id);
    if (row === undefined) return;
    const found = task.result?.errors?.map(({ message }) => message).join('\n') ?? '';
    if (found.includes(row.shows) && found !== '') return;
    Object.assign(task, { fails: false });
    throw new Error(
      found === ''
        ? `The case passes with ${party}: its row in differences.ts is obsolete.`
        : `The case fails with ${party}, but does not show: ${row.shows}`,
    );
  });
};
