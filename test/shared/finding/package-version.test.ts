/** Versions as people compare them. */
import { describe, expect, it } from 'vitest';
import { fixedVersion, installedVersion } from '../../../shared/finding/package-version.ts';

describe('an installed version', () => {
  it.each([
    ['has nothing but the version for a library', { name: 'a', version: '4.4.0' }, '4.4.0'],
    [
      'ends in the release of a distribution',
      { name: 'a', version: '3.0.11', release: '1~deb12u2' },
      '3.0.11-1~deb12u2',
    ],
    ['leaves out an epoch of zero', { name: 'a', version: '3.0.11', epoch: 0, release: '1' }, '3.0.11-1'],
    ['starts with any other epoch', { name: 'a', version: '1.2.13', epoch: 1, release: '2' }, '1:1.2.13-2'],
  ])('%s', (_title, found, text) => {
    expect(installedVersion(found)).toBe(text);
  });
});

describe('a fixed version', () => {
  it.each([
    [
      'leaves out an epoch of zero',
      { name: 'a', version: '1', fixedInVersion: '0:3.0.15-1~deb12u1' },
      '3.0.15-1~deb12u1',
    ],
    ['keeps any other epoch', { name: 'a', version: '1', fixedInVersion: '1:1.3.1-1' }, '1:1.3.1-1'],
    ['keeps a zero that is no epoch', { name: 'a', version: '1', fixedInVersion: '0.1:2' }, '0.1:2'],
    ['is undefined when no fix is known', { name: 'a', version: '1' }, undefined],
  ])('%s', (_title, found, text) => {
    expect(fixedVersion(found)).toBe(text);
  });
});
