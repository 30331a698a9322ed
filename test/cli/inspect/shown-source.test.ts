import { describe, expect, it } from 'vitest';
import { shownSource } from '../../../cli/inspect/shown-source.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('a source as it is shown', () => {
  it.each([
    ['oci:build:1.4', 'oci:build:1.4'],
    [`registry.example/app@${DIGEST}`, `registry.example/app@${DIGEST}`],
    ['robot:hunter2SECRET@registry.example/app:1', 'registry.example/app:1'],
    ['docker://robot:hunter2SECRET@registry.example/app:1', 'registry.example/app:1'],
    [`robot:hunter2SECRET@registry.example/app@${DIGEST}`, `registry.example/app@${DIGEST}`],
    ['robot:hunter2@SECRET@registry.example/app:1', 'registry.example/app:1'],
    ['robot:hunter2SECRET@', ''],
  ])('%s is %s', (source, shown) => {
    expect(shownSource(source)).toBe(shown);
  });
});
