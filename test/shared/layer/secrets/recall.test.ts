/** Every planted secret is found, under its kind and once. */
import { describe, expect, it } from 'vitest';
import { SECRET_KINDS } from '../../../../shared/layer/layer-report.ts';
import { plantedSecrets } from '../../../support/planted-secrets.ts';
import { give, newReader } from './read-files.ts';

const found = [1, 2, 3].flatMap(plantedSecrets).map((planted) => {
  const reader = newReader();
  give(reader, planted.path, planted.content);
  return { ...planted, found: reader.facts().secrets.map(({ kind }) => kind) };
});

describe('the planted secrets', () => {
  it.each(SECRET_KINDS)('of kind %s are all found, and as nothing else', (kind) => {
    const mine = found.filter((planted) => planted.kind === kind);
    const recalled = mine.filter((planted) => planted.found.includes(kind));
    console.log(`${kind.padEnd(30)} ${String(recalled.length).padStart(3)} of ${String(mine.length).padStart(3)}`);
    expect(mine.length).toBeGreaterThan(0);
    expect(
      mine.filter((planted) => planted.found.join() !== kind).map(({ title, found }) => ({ title, found })),
    ).toEqual([]);
  });
});
