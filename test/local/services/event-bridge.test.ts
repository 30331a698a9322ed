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
  await put(
    { ...entry, EventBusName: 'own' },
    { ...entry, EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/own' },
  );
  expect(front.events.map(({ busName }) => busName)).toEqual(['own', 'own']);
});

it.each([
  ['a source that belongs to AWS', { Source: 'aws.ecr' }, 'NotAuthorizedForSourceException'],
  ['no source', { Source: undefined }, 'InvalidArgument'],
  ['no detail type', { DetailType: undefined }, 'InvalidArgument'],
  ['no detail', { Detail: undefined }, 'InvalidArgument'],
  ['a detail that is not JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is a list', { Detail: '[]' }, 'MalformedDetail'],
  ['a detail type of 129 characters', { DetailType: 'x'.repeat(129) }, 'InvalidArgument'],
])('refuses only the entry with %s', async (_, change, code) => {
  const { FailedEntryCount, Entries = [] } = await put({ ...entry, ...change }, entry);
  expect(FailedEntryCount).toBe(1);
  expect(Entries.map(({ ErrorCode }) => ErrorCode)).toEqual([code, undefined]);
  expect(front.events).toHaveLength(1);
});

it.each([
  ['no entry', []],
  ['eleven entries', Array.from({ length: 11 }, () => entry)],
  ['the name of no bus', [{ ...entry, EventBusName: 'no bus' }]],
  ['a resource of 2049 characters', [{ ...entry, Resources: ['x'.repeat(2049)] }]],
  ['more than 1 MB', [{ ...entry, Detail: JSON.stringify({ text: 'x'.repeat(1024 * 1024) }) }]],
])('refuses the whole call with %s', async (_, entries) => {
  await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
  expect(front.events).toEqual([]);
});

it('takes ten entries, a detail type of 128 characters, and events of almost 1 MB', async () => {
  const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024 - 200) });
  const { FailedEntryCount } = await put(...Array.from({ length: 9 }, () => entry), {
    ...entry,
    DetailType: 'x'.repeat(128),
  });
  expect(FailedEntryCount).toBe(0);
  expect((await put({ ...entry, Detail: large })).FailedEntryCount).toBe(0);
});
