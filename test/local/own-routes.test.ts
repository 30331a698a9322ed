import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChatChannel } from '../../local/chat-channel.ts';
import { createClock, type LocalClock } from '../../local/clock.ts';
import { type Front, listen } from '../../local/front.ts';
import { createKevFeed } from '../../local/kev-feed.ts';
import { ownRoutes } from '../../local/own-routes.ts';
import type { EventAnswer } from '../../local/put-events.ts';
import type { GivenDetails } from '../../local/services/inspector/given-details.ts';
import type { State } from '../../local/state.ts';
import { ask } from './front-client.ts';

let clock: LocalClock;
let front: Front;
let faults: unknown[];
let sent: (readonly unknown[])[];
let advanced: number[];
let given: GivenDetails[];

const unused = () => Promise.reject(new Error('not for this test'));
const stateNow = async (): Promise<State> => ({
  idle: true,
  now: '2026-11-20T12:00:00.000Z',
  due: [],
  schedules: [],
  events: {},
  queues: {},
  buckets: {},
  blobReads: {},
  invocations: {},
  chat: [],
  calls: {},
  callsByFunction: {},
  denied: [],
});

beforeEach(async () => {
  clock = createClock();
  [sent, advanced, faults, given] = [[], [], [], []];
  front = await listen(0, (error) => faults.push(error));
  front.open({
    queues: unused,
    buckets: unused,
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
      kevFeed: await createKevFeed(undefined),
      setFindingDetails: (details) => given.push(details),
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

describe('finding details', () => {
  const ARN = 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef';
  const put = (body: unknown) =>
    ask(front.port, 'PUT', '/_local/inspector/details', {
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('are taken in the form of Inspector’s API, with times as text', async () => {
    const details = {
      findingArn: ARN,
      cisaData: { dateAdded: '2026-01-05', action: 'Apply updates' },
      exploitObserved: { firstSeen: '2026-01-01T08:00:00+01:00' },
      epssScore: 0.97,
      cwes: ['CWE-787'],
    };
    expect(await put([details, { findingArn: ARN }])).toMatchObject({ status: 200, body: '{"set":2}' });
    expect(given).toEqual([
      {
        findingArn: ARN,
        cisaData: { dateAdded: new Date('2026-01-05T00:00:00Z'), action: 'Apply updates' },
        exploitObserved: { firstSeen: new Date('2026-01-01T07:00:00Z') },
        epssScore: 0.97,
        cwes: ['CWE-787'],
      },
      { findingArn: ARN },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '[{', 'expected array'],
    ['one without a list', { findingArn: ARN }, 'expected array'],
    ['one of no finding', [{ findingArn: 'mine' }], 'findingArn'],
    ['a member that Inspector does not have', [{ findingArn: ARN, cisa: {} }], 'cisa'],
    ['a time that is none', [{ findingArn: ARN, cisaData: { dateAdded: 'yesterday' } }], 'dateAdded'],
    ['a probability above 1', [{ findingArn: ARN, epssScore: 97 }], 'epssScore'],
  ])('are refused when they are %s, and none is taken', async (_title, body, words) => {
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).message).toContain(words);
    expect(given).toEqual([]);
  });
});

it('the feed of known exploited vulnerabilities is there to be read and replaced', async () => {
  expect(JSON.parse((await get('/_local/outside/kev.json')).body).count).toBe(4);
  expect((await ask(front.port, 'PUT', '/_local/outside/kev.json', { body: '{}' })).status).toBe(200);
  expect((await get('/_local/outside/kev.json')).body).toBe('{}');
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
    ['GET', '/_local/inspector/details'],
    ['GET', '/_local/outside/other.json'],
  ])('%s %s is answered 404 with what there is', async (method, path) => {
    const { status, body } = await ask(front.port, method, path);
    expect(status).toBe(404);
    expect(JSON.parse(body).message).toContain('GET /_local/state');
  });
});
