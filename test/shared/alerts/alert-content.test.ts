/** What is told of a group, and what is news. */
import { describe, expect, it } from 'vitest';
import { alertContent, isNews } from '../../../shared/alerts/alert-content.ts';
import type { AlertContent } from '../../../shared/alerts/alert-group.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';

const A = findingKey('inspector2', ['a']);
const B = findingKey('inspector2', ['b']);
const TOLD = { destinations: ['slack'] };
const [FIRST, SECOND] = [A, B].toSorted();

describe('the content of a group', () => {
  it('is its worst active outcome and the keys of what is urgent', () => {
    expect(
      alertContent([
        { key: A, status: 'active', outcome: 'attend', ...TOLD },
        { key: B, status: 'active', outcome: 'act', ...TOLD },
        { key: findingKey('inspector2', ['c']), status: 'active', outcome: 'track*', ...TOLD },
        { key: findingKey('inspector2', ['d']), status: 'closed', outcome: 'act', ...TOLD },
      ]),
    ).toEqual({ worst: 'act', urgent: [FIRST, SECOND] });
  });

  it('is nothing when nothing is active', () => {
    expect(alertContent([{ key: A, status: 'suppressed', outcome: 'act', ...TOLD }])).toEqual({ urgent: [] });
  });

  it('is without what nobody is to be told of', () => {
    expect(
      alertContent([
        { key: A, status: 'active', outcome: 'act', destinations: [] },
        { key: B, status: 'active', outcome: 'attend', ...TOLD },
      ]),
    ).toEqual({ worst: 'attend', urgent: [B] });
  });

  it('is with what an older version kept, which told everything', () => {
    expect(alertContent([{ key: A, status: 'active', outcome: 'act' }])).toEqual({ worst: 'act', urgent: [A] });
  });
});

describe('news', () => {
  it.each<[string, AlertContent, AlertContent | undefined, boolean]>([
    ['is the first that is said', { worst: 'track', urgent: [] }, undefined, true],
    ['is a worse outcome', { worst: 'track*', urgent: [] }, { worst: 'track', urgent: [] }, true],
    ['is an urgent finding that was not told', { worst: 'act', urgent: [A, B] }, { worst: 'act', urgent: [A] }, true],
    ['is not what was told', { worst: 'act', urgent: [A] }, { worst: 'act', urgent: [A, B] }, false],
    ['is not a milder outcome', { worst: 'track', urgent: [] }, { worst: 'track*', urgent: [] }, false],
    ['is not that everything is over', { urgent: [] }, { worst: 'act', urgent: [A] }, false],
  ])('%s', (_title, content, said, news) => {
    expect(isNews(content, said)).toBe(news);
  });
});
