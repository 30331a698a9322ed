import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChatChannel } from '../../local/chat-channel.ts';
import { createClock, type LocalClock } from '../../local/clock.ts';
import { type Front, listen } from '../../local/front.ts';
import { ownRoutes } from '../../local/own-routes.ts';
import type { EventAnswer } from '../../local/put-events.ts';
import type { State } from '../../local/state.ts';
import { ask } from './front-client.ts';

let clock: LocalClock;
let front: Front;
let faults: unknown[];
let sent: (readonly unknown[])[];
let advanced: number[];

const unused = () => Promise.reject(new Error('not for this test'));
const stateNow = async (): Promise<State> => ({
  idle: true,
  now: '2026-11-20T12:00:00.000Z',
  due: [],
  events: {},
  queues: {},
  invocations: {},
  chat: [],
  calls: {},
  callsByFunction: {},
  denied: [],
});

beforeEach(async () => {
  clock = createClock();
  [sent, advanced, faults] = [[], [], []];
  front = await listen(0, (error) => faults.push(error));
  front.open({
    queues: unused,
    tables: unused,
    services: unused,
    registry: unused,
    own: ownRoutes({
      state: stateNow,
      advance: (seconds) => advanced.push(seconds),
      putEvents: async (events) => {
        sent.push(events);
        return events.map((): EventAnswer => ({ accepted: true, rules: ['rule'] }));
      },
      peek: async (queue) => (queue === 'work' ? [{ body: 'one' }] : undefined),
      logs: () => ['a line'],
      chat: createChatChannel(clock),
    }),
  });
});
afterEach(async () => {
  await front.close();
  expect(faults).toEqual([]);
});

const get = (path: string) => ask(front.port, 'GET', path);
const post = (path: string, body: string) => ask(front.port, 'POST', path, { body });

describe('the state', () => {
  it('is answered as JSON', async () => {
    const { status, type, body } = await get('/_local/state');
    expect({ status, type }).toEqual({ status: 200, type: 'application/json' });
    expect(JSON.parse(body)).toEqual(await stateNow());
  });
});

it('the last lines of the log are answered as JSON', async () => {
  expect(JSON.parse((await get('/_local/logs')).body)).toEqual(['a line']);
});

describe('the clock', () => {
  it.each([0, 60, 0.5, 3_153_600_000])('is advanced by %d seconds', async (seconds) => {
    const { status, body } = await post('/_local/clock', JSON.stringify({ advance: seconds }));
    expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: { now: '2026-11-20T12:00:00.000Z' } });
    expect(advanced).toEqual([seconds]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'advance=60'],
    ['a number alone', '60'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a text', '{"advance":"60"}'],
    ['null seconds', '{"advance":null}'],
    ['a negative number', '{"advance":-1}'],
    ['a number too large to be one', '{"advance":1e999}'],
    ['more than a hundred years', '{"advance":3153600001}'],
  ])('is left alone by %s', async (_title, body) => {
    const answer = await post('/_local/clock', body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).message).toContain('{"advance": seconds}');
    expect(advanced).toEqual([]);
  });
});

describe('events', () => {
  it('are put on the bus: one, or an array', async () => {
    const [one, several] = [await post('/_local/events', '{"id":"a"}'), await post('/_local/events', '[{"id":"b"},5]')];
    expect(sent).toEqual([[{ id: 'a' }], [{ id: 'b' }, 5]]);
    expect(JSON.parse(one.body)).toEqual([{ accepted: true, rules: ['rule'] }]);
    expect(JSON.parse(several.body)).toHaveLength(2);
  });

  it('of an empty array have no answers', async () => {
    expect(await post('/_local/events', '[]')).toMatchObject({ status: 200, body: '[]' });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"id"'],
  ])('are refused when they are %s', async (_title, body) => {
    expect((await post('/_local/events', body)).status).toBe(400);
    expect(sent).toEqual([]);
  });
});

describe('a queue', () => {
  it('shows its messages', async () => {
    expect(await get('/_local/queues/work')).toMatchObject({ status: 200, body: '[{"body":"one"}]' });
  });

  it.each(['other', '', '%'])('named "%s" is not there', async (name) => {
    expect(await get(`/_local/queues/${name}`)).toMatchObject({
      status: 404,
      body: JSON.stringify({ message: `no queue ${name}` }),
    });
  });
});

describe('chat', () => {
  it('takes a message', async () => {
    expect(await post('/_local/chat/slack', '{"text":"hello"}')).toMatchObject({ status: 200, body: 'ok' });
  });
});

describe('anything else', () => {
  it.each([
    ['GET', '/_local/'],
    ['GET', '/_local/nothing'],
    ['POST', '/_local/state'],
    ['GET', '/_local/clock'],
    ['DELETE', '/_local/queues/work'],
    ['GET', '/_local/chat/slack'],
    ['GET', '/_local/state/deeper'],
  ])('%s %s is answered 404 with what there is', async (method, path) => {
    const { status, body } = await ask(front.port, method, path);
    expect(status).toBe(404);
    expect(JSON.parse(body).message).toContain('GET /_local/state');
  });
});
