import { expect, it } from 'vitest';
import { CIS_DOCKER_BENCHMARK, CIS_DOCKER_VERSION } from '../../../shared/rules/cis-docker-benchmark.ts';

it('has the numbers of 1.6.0, where privileged containers are 5.5 and the Docker socket is 5.32', () => {
  expect(CIS_DOCKER_VERSION).toBe('1.6.0');
  expect(CIS_DOCKER_BENCHMARK['5.5']).toContain('privileged containers');
  expect(CIS_DOCKER_BENCHMARK['5.32']).toContain('Docker socket');
});

it('names every recommendation on images and on running containers alone', () => {
  const ids = Object.keys(CIS_DOCKER_BENCHMARK);
  expect(ids.filter((id) => id.startsWith('4.'))).toHaveLength(12);
  expect(ids.every((id) => /^[45]\.\d{1,2}$/.test(id))).toBe(true);
});
