/**
 * The conformance suite of the OCI distribution specification 1.1, run against the runtime's registry. The suite is a
 * program of its own that is not installed with this project: OCI_CONFORMANCE names its executable.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../local/runtime.ts';
import { type Assembly, synthesiseForTest } from '../support/run-locally.ts';

const suite = process.env.OCI_CONFORMANCE ?? '';
if (!existsSync(suite)) console.log('the OCI conformance suite is not run: OCI_CONFORMANCE names no executable');

/** What ECR does not offer, so that the local registry does not either. */
const NOT_OFFERED = {
  // Its API speaks of sha256 digests only.
  OCI_DATA_SHA512: 'false',
};

/** Each test of the report by its name, with its outcome: `passed`, `failure`, `skipped`. */
const outcomesFrom = (junit: string): readonly (readonly [name: string, outcome: string])[] =>
  [...junit.matchAll(/<testcase name="([^"]*)"[^>]* status="([^"]*)"/g)].map(([, name = '', outcome = '']) => [
    name,
    outcome,
  ]);

describe.skipIf(!existsSync(suite))('the registry', () => {
  let assembly: Assembly;
  let runtime: Runtime;
  let results: string;
  let outcomes: readonly (readonly [name: string, outcome: string])[];

  beforeAll(async () => {
    results = await mkdtemp(path.join(tmpdir(), 'sekisho-conformance-'));
    assembly = await synthesiseForTest();
    runtime = await assembly.start();
    const run = spawn(suite, {
      cwd: results,
      stdio: 'ignore',
      env: {
        OCI_VERSION: '1.1',
        OCI_REGISTRY: runtime.registry,
        OCI_TLS: 'disabled',
        OCI_REPO1: 'conformance/one',
        OCI_REPO2: 'conformance/two',
        OCI_RESULTS_DIR: results,
        ...NOT_OFFERED,
      },
    });
    await once(run, 'close');
    outcomes = outcomesFrom(await readFile(path.join(results, 'junit.xml'), 'utf8'));
  });
  afterAll(async () => {
    await runtime.close();
    await assembly.remove();
    await rm(results, { recursive: true });
  });

  it('fails no test of pulling, pushing, discovery or deletion', () => {
    expect(outcomes.filter(([, outcome]) => outcome !== 'passed' && outcome !== 'skipped')).toEqual([]);
  });

  it.each([
    ['pulling', '/pull/'],
    ['pushing', '/push/'],
    ['tags', '/tag-list'],
    ['referrers', '/referrers'],
    ['deletion', '/delete/'],
  ])('was tested for %s', (_, part) => {
    expect(outcomes.filter(([name, outcome]) => name.includes(part) && outcome === 'passed').length).toBeGreaterThan(3);
  });

  it('leaves out only what the specification makes optional', () => {
    expect(outcomes.filter(([, outcome]) => outcome === 'skipped').map(([name]) => name)).toEqual([
      'OCI Conformance Test/sha256 blobs/mount anonymous/blob-mount-anonymous',
      'OCI Conformance Test/sha256 blobs/post cancel/blob-post-cancel',
      'OCI Conformance Test/sha256 blobs/range requests/range -500',
    ]);
  });
});
