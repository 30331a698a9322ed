import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { policyFromJson } from '../../../shared/policy/policy-from-json.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('the policy beside a function', () => {
  it('is the one that was written', () => {
    expect(policyFromJson(JSON.stringify(BUILT_IN_POLICY))).toEqual(BUILT_IN_POLICY);
  });

  it.each([
    ['nothing', '', 'is not JSON'],
    ['a list', '[]', 'is not one that this version of Sekisho wrote'],
    ['null', 'null', 'is not one that this version of Sekisho wrote'],
    [
      'another version',
      JSON.stringify({ ...BUILT_IN_POLICY, version: 2 }),
      'is not one that this version of Sekisho wrote',
    ],
    [
      'one with a part missing',
      JSON.stringify({ ...BUILT_IN_POLICY, routing: undefined }),
      'is not one that this version of Sekisho wrote',
    ],
  ])('is refused for %s', (_title, text, message) => {
    expect(() => policyFromJson(text)).toThrow(message);
  });

  it('is read without what checks a policy file: a bundle must stay small', () => {
    const imported = new Set<string>();
    const visit = (file: string): void => {
      if (imported.has(file)) return;
      imported.add(file);
      if (!file.startsWith('/')) return;
      for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g))
        visit(name.startsWith('.') ? path.resolve(path.dirname(file), name) : name);
    };
    for (const entry of ['policy-from-json', 'terms-of', 'handling-of']) visit(`${ROOT}/shared/policy/${entry}.ts`);
    expect(imported.size).toBeGreaterThan(10);
    expect([...imported].filter((name) => name === 'yaml' || name === 'zod')).toEqual([]);
  });
});
