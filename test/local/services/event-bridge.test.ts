import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type LocalFront, startFront } from './local-front.ts';

let front: LocalFront;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());
beforeEach(() => {
  front.events.length = 0;
});

const entry: PutEventsRequestEntry = { Source: 'my.app', DetailType: 'Something', Detail: '{"a":1}' };
const put = (...entries: PutEventsRequestEntry[]) =>
  new EventBridgeClient(front.client).send(new PutEventsCommand({ Entries: entries }));

it('puts the full envelope around an event', async () => {
  const { Entries = [] } = await put({ ...entry, Time: new Date('2026-02-03T04:05:06.789Z'), Resources: ['arn:x'] });
  expect(front.events).toEqual([
    {
      busName: 'default',
      event: {
        version: '0',
        id: Entries[0]?.EventId,
        'detail-type': 'Something',
        source: 'my.app',
        account: '111122223333',
        time: '2026-02-03T04:05:06Z',
        region: 'eu-west-1',
        resources: ['arn:x'],
        detail: { a: 1 },
      },
    },
  ]);
});

it('takes the time of the clock where the caller gives none', async () => {
  await put(entry);
  expect(front.events[0]?.event.time).toBe('2026-03-01T10:00:00Z');
});

it('passes the name of the bus on, also from its ARN', async () => {
  await put({ ...entry, EventBusName: 'own' }, { ...entry, EventBusName: 'arn:aws:events:eu-west-1:1:event-bus/own' });
  expect(front.events.map(({ busName }) => busName)).toEqual(['own', 'own']);
});

it.each([
  ['a source that belongs to AWS', { Source: 'aws.ecr' }, 'NotAuthorizedForSourceException'],
  ['no source', { Source: undefined }, 'InvalidArgument'],
  ['no detail type', { DetailType: undefined }, 'InvalidArgument'],
  ['no detail', { Detail: undefined }, 'InvalidArgument'],
  ['a detail that is not JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is a list', { Detail: '[]' }, 'MalformedDetail'],
])('refuses only the entry with %s', async (_, change, code) => {
  const { FailedEntryCount, Entries = [] } = await put({ ...entry, ...change }, entry);
  expect(FailedEntryCount).toBe(1);
  expect(Entries.map(({ ErrorCode }) => ErrorCode)).toEqual([code, undefined]);
  expect(front.events).toHaveLength(1);
});

it.each([
  ['no entry', []],
  ['eleven entries', Array.from({ length: 11 }, () => entry)],
  ['more than 1 MB', [{ ...entry, Detail: JSON.stringify({ text: 'x'.repeat(1024 * 1024) }) }]],
])('refuses the whole call with %s', async (_, entries) => {
  await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
  expect(front.events).toEqual([]);
});
