import { expect, it } from 'vitest';
import { relatedIdsFrom } from '../../../shared/events/inspector-related-ids.ts';

const ID = 'GHSA-jfh8-c2jp-5v3q';
const many = Array.from({ length: 150 }, (_, at) => `CVE-2026-${10_000 + at}`);

it.each<[string, unknown, readonly string[]]>([
  ['in the order given', ['CVE-2021-45046', 'CVE-2021-44228'], ['CVE-2021-45046', 'CVE-2021-44228']],
  ['once each', ['CVE-2021-44228', 'CVE-2021-44228'], ['CVE-2021-44228']],
  ['without the id of the finding itself', [ID, 'CVE-2021-44228'], ['CVE-2021-44228']],
  ['none of nothing', undefined, []],
  ['none of null', null, []],
  ['none of a text', 'CVE-2021-44228', []],
  ['none of a map', { 0: 'CVE-2021-44228' }, []],
  ['without what is no text', [null, 7, ['CVE-1'], { id: 'CVE-2' }, '', ' ', 'CVE-2021-44228'], ['CVE-2021-44228']],
  ['without texts that hide something', ['CVE-2021-\u202E44228', 'CVE-1\nCVE-2', '\u001B[2JCVE-1'], []],
  ['of 128 characters', ['A'.repeat(128), 'B'.repeat(129)], ['A'.repeat(128)]],
  ['up to 100', many, many.slice(0, 100)],
])('related ids are kept %s', (_how, listed, expected) => {
  expect(relatedIdsFrom(listed, ID)).toEqual(expected);
});
