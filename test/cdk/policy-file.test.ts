import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePolicy } from '../../cdk/policy-file.ts';
import { BUILT_IN_POLICY } from '../../shared/policy/policy.ts';

let folder: string;
const before = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sekisho-policy-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const written = (file?: string): unknown =>
  JSON.parse(readFileSync(writePolicy('out', file, '2026-11-20').path, 'utf8'));

it('is the built-in policy where there is no file', () => {
  expect(written()).toEqual(BUILT_IN_POLICY);
});

it('is the file that the settings name', () => {
  writeFileSync('other.yaml', 'version: 1\nfloor: bod-26-04\n');
  expect(written('other.yaml')).toMatchObject({ floor: 'bod-26-04' });
});

it('stops the synthesis with the line of every mistake', () => {
  writeFileSync('bad.yaml', 'version: 1\nfloor: bod\ncontexts: []\n');
  expect(() => written('bad.yaml')).toThrow(/nothing is deployed:\nbad\.yaml:2:8: .*\nbad\.yaml:3:1: .*contexts/);
});

it('stops the synthesis where the named file cannot be read', () => {
  expect(() => written('missing.yaml')).toThrow('The policy file missing.yaml, which the setting "policy" names');
});

it('takes policy.yaml where it lies', () => {
  writeFileSync('policy.yaml', 'version: 1\nfloor: bod-26-04\n');
  expect(written()).toMatchObject({ floor: 'bod-26-04' });
  rmSync('policy.yaml');
});

it('has the name that decisions will carry', () => {
  expect(writePolicy('out', undefined, '2026-11-20').name).toBe('built-in');
  expect(writePolicy('out', 'other.yaml', '2026-11-20').name).toMatch(/^policy@[0-9a-f]{12}$/);
});
