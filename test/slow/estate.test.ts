/** Ten thousand findings as a replay sees them: what the built-in policy makes of them, and how long that takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialOf } from '../../cli/policy-try/trial.ts';
import { tryPolicies } from '../../cli/policy-try/try-policies.ts';
import { estateFeeds, estateFiles } from '../../scripts/estate/write.ts';
import { parseKevFeed } from '../../shared/evidence/parse-kev-feed.ts';
import { BUILT_IN_POLICY } from '../../shared/policy/policy.ts';
import { runCommand } from '../cli/run-command.ts';
import { expectQuiet } from '../support/expect-quiet.ts';

const KEV_LOADED = new Date('2026-11-18T00:00:00.000Z');
const FINDINGS = 10_000;

describe('the built-in policy', () => {
  it.each([1, 2, 3])('calls people to few of 10,000 findings, without an account (seed %d)', async (seed) => {
    const { events, kev } = estateFeeds({ seed, findings: FINDINGS });
    const list = parseKevFeed(JSON.stringify(kev), KEV_LOADED);
    const trial = tryPolicies(BUILT_IN_POLICY, BUILT_IN_POLICY, list);
    for (const event of events) await trial.add(event);
    expect(trial.findings()).toHaveLength(FINDINGS);
    const counts = { decided: FINDINGS, recorded: 0, ignored: 0, rejected: 0 };
    expectQuiet(trialOf(trial.findings(), BUILT_IN_POLICY, counts, 0).spread.after);
  });
});

describe('a replay of all', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sekisho-estate-'));
    const { events, kev } = estateFiles({ seed: 1, findings: FINDINGS });
    writeFileSync(path.join(folder, 'events.jsonl'), events);
    writeFileSync(path.join(folder, 'kev.json'), kev);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes less than half a minute', async () => {
    const started = performance.now();
    const replayed = await runCommand(
      'replay',
      path.join(folder, 'events.jsonl'),
      '--kev',
      path.join(folder, 'kev.json'),
    );
    expect(replayed.code).toBe(0);
    expect(replayed.stdout.trimEnd().split('\n').at(-1)).toBe(
      `{"summary":{"events":${FINDINGS},"decided":${FINDINGS},"recorded":0,"ignored":0,"rejected":0}}`,
    );
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
