import { describe, expect, it } from 'vitest';
import { exampleImage } from '../../../../shared/dossier/rules/example-image.ts';
import { sharedIds } from '../../../../shared/dossier/rules/img-008-shared-ids.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

const account = (name: string, uid: number) => ({ name, uid, gid: uid, shell: '/bin/sh' });

describe('shared numbers', () => {
  it('of root come first', () => {
    const accounts = [account('a', 5), account('b', 5), account('root', 0), account('toor', 0)];
    const image = exampleImage({ tree: { system: { passwd: { size: 90, malformed: 0, accounts } } } });
    expect(evaluate(sharedIds, image)).toMatchObject({
      severity: 'HIGH',
      evidence: [{ text: 'uid 0: root, toor' }, { text: 'uid 5: a, b' }],
    });
  });

  it('are found beside lines that do not read', () => {
    const groups = [
      { name: 'a', gid: 7 },
      { name: 'b', gid: 7 },
    ];
    const image = exampleImage({ tree: { system: { group: { size: 90, malformed: 3, groups } } } });
    expect(evaluate(sharedIds, image)).toMatchObject({ severity: 'LOW', evidence: [{ text: 'gid 7: a, b' }] });
  });

  it('of a hundred thousand accounts are found quickly', () => {
    const accounts = Array.from({ length: 100_000 }, (_, index) => account(`user${index}`, 0));
    const image = exampleImage({ tree: { system: { passwd: { size: 9_000_000, malformed: 0, accounts } } } });
    const start = performance.now();
    expect(evaluate(sharedIds, image).severity).toBe('HIGH');
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
