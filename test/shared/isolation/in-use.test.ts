import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { isInUse } from '../../../shared/isolation/in-use.ts';
import type { Workloads } from '../../../shared/isolation/workload.ts';
import { CHECKOUT } from '../enrichment/findings.ts';

describe('an image', () => {
  it.each<[string, Workloads]>([
    ['one workload runs it', { known: true, value: [CHECKOUT] }],
    ['one does, whatever else was not read', { known: true, value: [CHECKOUT], incomplete: 'EKS was not asked' }],
  ])('is in use where %s', (_, workloads) => {
    expect(isInUse(workloads)).toEqual(known(true));
  });

  it.each<[string, Workloads, string]>([
    ['nobody answered', unknown('ECS was not asked'), 'ECS was not asked'],
    [
      'none was found and not all were read',
      { known: true, value: [], incomplete: 'a page is missing' },
      'a page is missing',
    ],
    [
      'none was found among all that can be listed',
      { known: true, value: [] },
      'only ECS tasks and what Inspector knows were listed',
    ],
  ])('may be in use or not where %s', (_, workloads, reason) => {
    expect(isInUse(workloads)).toEqual(unknown(reason));
  });
});
