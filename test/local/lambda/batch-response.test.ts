import { describe, expect, it } from 'vitest';
import { failedMessageIds } from '../../../local/lambda/batch-response.ts';

const ALL = ['one', 'two', 'three'];

describe('a batch of three records', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['succeeds by a null response', null, []],
    ['succeeds by an empty response', {}, []],
    ['succeeds by a null list', { batchItemFailures: null }, []],
    ['succeeds by an empty list', { batchItemFailures: [] }, []],
    ['fails in part by its ids', { batchItemFailures: [{ itemIdentifier: 'two' }] }, ['two']],
    [
      'fails in part by an id named twice',
      { batchItemFailures: [{ itemIdentifier: 'two' }, { itemIdentifier: 'two' }] },
      ['two'],
    ],
    ['fails as a whole by an unknown id', { batchItemFailures: [{ itemIdentifier: 'four' }] }, ALL],
    [
      'fails as a whole by one unknown id among known ones',
      { batchItemFailures: [{ itemIdentifier: 'two' }, { itemIdentifier: 'four' }] },
      ALL,
    ],
    ['fails as a whole by an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, ALL],
    ['fails as a whole by a null id', { batchItemFailures: [{ itemIdentifier: null }] }, ALL],
    ['fails as a whole by a wrong key', { batchItemFailures: [{ messageId: 'two' }] }, ALL],
    ['fails as a whole by ids without their objects', { batchItemFailures: ['two'] }, ALL],
    ['fails as a whole by a null failure', { batchItemFailures: [null] }, ALL],
    ['fails as a whole by a list that is none', { batchItemFailures: 'two' }, ALL],
    ['fails as a whole by a response that is text', 'done', ALL],
    ['fails as a whole by a response that is a list', [], ALL],
  ])('%s', (_title, payload, failed) => {
    expect([...failedMessageIds(payload, new Set(ALL))]).toEqual(failed);
  });
});
