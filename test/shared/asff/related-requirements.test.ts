import { expect, it } from 'vitest';
import { relatedRequirements } from '../../../shared/asff/related-requirements.ts';
import { CIS_DOCKER_BENCHMARK } from '../../../shared/rules/cis-docker-benchmark.ts';
import { NIST_SP_800_190 } from '../../../shared/rules/nist-sp-800-190.ts';

it('names a clause by its standard and number, and the benchmark with its version', () => {
  expect(
    relatedRequirements([
      { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' },
      { standard: 'CIS Docker Benchmark', id: '5.5', title: 'Ensure that privileged containers are not used' },
    ]),
  ).toEqual(['NIST SP 800-190 3.1.1', 'CIS Docker Benchmark 1.6.0 5.5']);
});

it.each([
  ['NIST SP 800-190', NIST_SP_800_190],
  ['CIS Docker Benchmark', CIS_DOCKER_BENCHMARK],
] as const)('every clause of the %s fits into 64 characters', (standard, clauses) => {
  for (const [id, title] of Object.entries(clauses)) {
    const [text = ''] = relatedRequirements([{ standard, id, title }]);
    expect(text.length).toBeLessThanOrEqual(64);
    expect(text.endsWith(` ${id}`)).toBe(true);
  }
});

it('names at most 32', () => {
  const one = { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' } as const;
  expect(relatedRequirements(Array.from({ length: 40 }, () => one))).toHaveLength(32);
});
