import { describe, expect, it } from 'vitest';
import { addedResources, leftRunningText } from '../../../local/lambda/left-running.ts';

describe('the resources that were added', () => {
  it.each([
    ['none when nothing changed', ['MessagePort', 'Timeout'], ['MessagePort', 'Timeout'], []],
    ['none when one has ended', ['MessagePort', 'Timeout'], ['MessagePort'], []],
    ['one more of a kind', ['Timeout'], ['Timeout', 'Timeout'], ['Timeout']],
    ['another kind, in any order', ['Timeout', 'MessagePort'], ['MessagePort', 'TCPSocketWrap'], ['TCPSocketWrap']],
  ])('are %s', (_title, before, after, added) => {
    expect(addedResources(before, after)).toEqual(added);
  });
});

describe('what is said of a handler that left something running', () => {
  it.each([
    [['Timeout'], 'on-test left a timer running when it answered; Lambda freezes it'],
    [['Timeout', 'Timeout'], 'on-test left a timer running when it answered; Lambda freezes it'],
    [
      ['Timeout', 'TCPSocketWrap'],
      'on-test left a timer and a network request running when it answered; Lambda freezes them',
    ],
    [['Loop'], 'on-test left a loop running when it answered; Lambda freezes it'],
    [['FSReqPromise'], 'on-test left a resource of type FSReqPromise running when it answered; Lambda freezes it'],
  ])('for %j', (left, text) => {
    expect(leftRunningText('on-test', left)).toBe(text);
  });
});
