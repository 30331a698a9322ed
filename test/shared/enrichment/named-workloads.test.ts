import { expect, it } from 'vitest';
import { type NamedWorkloads, namedWorkloads } from '../../../shared/enrichment/named-workloads.ts';
import { CHECKOUT } from './findings.ts';

it.each<[string, readonly string[], number, NamedWorkloads]>([
  ['none', [], 0, { names: [], more: 0 }],
  ['all that there is room for', ['a', 'b'], 0, { names: ['a', 'b'], more: 0 }],
  ['each name once', ['a', 'a', 'b', 'a'], 0, { names: ['a', 'b'], more: 0 }],
  ['the first, and how many more', ['a', 'b', 'a', 'c', 'd', 'e'], 0, { names: ['a', 'b', 'c'], more: 2 }],
  ['those that were left out among the others', ['a', 'b', 'c', 'd'], 412, { names: ['a', 'b', 'c'], more: 413 }],
])('names %s', (_, names, leftOut, expected) => {
  const workloads = names.map((name) => ({ ...CHECKOUT, name }));
  expect(namedWorkloads(workloads, leftOut, 3, ({ name }) => name)).toEqual(expected);
});
