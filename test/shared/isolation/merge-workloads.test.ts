import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { mergeWorkloads } from '../../../shared/isolation/merge-workloads.ts';
import type { Workload } from '../../../shared/isolation/workload.ts';
import { CHECKOUT } from '../enrichment/findings.ts';

const task = (change: Partial<Workload> = {}): Workload => ({ ...CHECKOUT, running: 1, ...change });
const places = fc.array(
  fc.record({ name: fc.constantFrom('service:a', 'service:b'), running: fc.nat(5) }).map((change) => task(change)),
);
const runningIn = (workloads: readonly Workload[], name: string) =>
  workloads.filter((workload) => workload.name === name).reduce((sum, { running }) => sum + running, 0);

describe('mergeWorkloads', () => {
  it('of nothing is nothing', () => {
    expect(mergeWorkloads([])).toEqual([]);
  });

  it('counts the tasks of one service together', () => {
    expect(mergeWorkloads([task(), task({ running: 2 }), task()])).toEqual([task({ running: 4 })]);
  });

  it.each<[string, Partial<Workload>]>([
    ['orchestrator', { orchestrator: 'eks' }],
    ['cluster', { clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/other' }],
    ['name', { name: 'service:other' }],
    ['runtime', { runtime: 'ecs-ec2' }],
    ['task definition', { taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:2' }],
  ])('keeps apart what differs in its %s, in the order first seen', (_, change) => {
    expect(mergeWorkloads([task(change), task(), task(change)])).toEqual([task({ ...change, running: 2 }), task()]);
  });

  it('has the tags of all its tasks', () => {
    const tasks = [{}, { team: 'shop' }, { env: 'production' }].map((tags) => task({ tags: known(tags) }));
    expect(mergeWorkloads(tasks)).toEqual([task({ running: 3, tags: known({ team: 'shop', env: 'production' }) })]);
  });

  it('has the first tag where its tasks do not agree', () => {
    const tasks = ['high', 'low', 'medium'].map((criticality) => task({ tags: known({ criticality }) }));
    expect(mergeWorkloads(tasks)).toEqual([task({ running: 3, tags: known({ criticality: 'high' }) })]);
  });

  it('has tags that are not known where those of one of its tasks are not', () => {
    const tasks = [known({ criticality: 'low' }), unknown('not read'), unknown('denied')].map((tags) => task({ tags }));
    expect(mergeWorkloads(tasks)).toEqual([task({ running: 3, tags: unknown('not read') })]);
  });

  it('keeps the tags of different places apart', () => {
    const [one, other] = [
      task({ tags: known({ env: 'test' }) }),
      task({ name: 'service:other', tags: known({ env: 'production' }) }),
    ];
    expect(mergeWorkloads([one, other])).toEqual([one, other]);
  });

  it('stays small where each task has a tag of its own', () => {
    const tasks = Array.from({ length: 150 }, (_, at) => task({ tags: known({ [`job-${at}`]: 'x' }) }));
    const [merged] = mergeWorkloads(tasks);
    expect([merged?.running, merged?.tags.known && Object.keys(merged.tags.value).length]).toEqual([150, 100]);
  });

  it('loses no running task, and names no place twice', () => {
    fc.assert(
      fc.property(places, (workloads) => {
        const merged = mergeWorkloads(workloads);
        for (const name of ['service:a', 'service:b']) expect(runningIn(merged, name)).toBe(runningIn(workloads, name));
        expect(new Set(merged.map(({ name }) => name)).size).toBe(merged.length);
      }),
    );
  });
});
