import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { slackWebhook } from '../../../shared/http/slack-webhook.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

const PATH = '/services/T0/B0/a-secret-token';
const MESSAGE = { text: '関所: 3 findings', blocks: [] };

let server: HttpServer;
let answer = { status: 200, headers: {} };
let received: { readonly path: string | undefined; readonly type: string | undefined; readonly body: unknown }[] = [];
beforeAll(async () => {
  server = await startServer(async (request, response) => {
    const body: unknown = JSON.parse((await text(request)) || 'null');
    received.push({ path: request.url, type: request.headers['content-type'], body });
    response.writeHead(answer.status, answer.headers).end('ok');
  });
});
afterAll(() => server.close());
beforeEach(() => {
  answer = { status: 200, headers: {} };
  received = [];
});

const sendTo = (address: string) => slackWebhook(async () => address).send(MESSAGE);
const failureOf = async (sending: Promise<void>): Promise<SekishoError> => {
  const thrown = await sending.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof SekishoError) return thrown;
  throw new Error('it did not fail as it should', { cause: thrown });
};

describe('a message to Slack', () => {
  it('is posted as JSON', async () => {
    await sendTo(`${server.url}${PATH}`);
    expect(received).toEqual([{ path: PATH, type: 'application/json; charset=utf-8', body: MESSAGE }]);
  });

  it('takes the address as it is at that time, without the line end of a file', async () => {
    const addresses = [`${server.url}/first\n`, `  ${server.url}/second `];
    const chat = slackWebhook(async () => addresses.shift() ?? '');
    await chat.send(MESSAGE);
    await chat.send(MESSAGE);
    expect(received.map(({ path }) => path)).toEqual(['/first', '/second']);
  });
});

describe('a message that Slack does not take', () => {
  it.each([
    [429, 'DESTINATION_UNAVAILABLE', true],
    [500, 'DESTINATION_UNAVAILABLE', true],
    [503, 'DESTINATION_UNAVAILABLE', true],
    [400, 'DESTINATION_REFUSED', false],
    [403, 'DESTINATION_REFUSED', false],
    [404, 'DESTINATION_REFUSED', false],
    [410, 'DESTINATION_REFUSED', false],
  ])('with status %i is %s', async (status, code, retryable) => {
    answer = { status, headers: {} };
    const error = await failureOf(sendTo(`${server.url}${PATH}`));
    expect(error).toMatchObject({ code, retryable, message: `Slack answered ${status}.` });
    expect(received).toHaveLength(1);
  });

  it('is not carried to where a redirect points', async () => {
    answer = { status: 307, headers: { location: '/elsewhere' } };
    expect(await failureOf(sendTo(`${server.url}${PATH}`))).toMatchObject({ code: 'DESTINATION_UNAVAILABLE' });
    expect(received.map(({ path }) => path)).toEqual([PATH]);
  });

  it.each(['', ' \n', 'not yet', 'hooks.slack.com/services/T0/B0/a-secret-token'])(
    'has no address where the secret holds %j',
    async (secret) => {
      expect(await failureOf(sendTo(secret))).toMatchObject({ code: 'DESTINATION_NOT_CONFIGURED', retryable: false });
    },
  );

  it.each([
    `https://hooks.slack.com.evil.example${PATH}`,
    `http://hooks.slack.com${PATH}`,
    `https://user@hooks.slack.com${PATH}`,
  ])('is not sent to %s', async (address) => {
    expect(await failureOf(sendTo(address))).toMatchObject({ code: 'ADDRESS_REFUSED' });
  });

  it('fails as the reading of its address does', async () => {
    const denied = new SekishoError('AWS_DENIED', 'Reading a secret failed.');
    const chat = slackWebhook(async () => {
      throw denied;
    });
    await expect(chat.send(MESSAGE)).rejects.toBe(denied);
  });
});

describe('the address, which is a secret,', () => {
  it.each([
    ['is refused', () => `http://hooks.slack.com${PATH}`],
    ['is no URL', () => `https://[${PATH}`],
    ['is no address yet', () => PATH],
    ['has nobody listening', () => `http://127.0.0.1:1${PATH}`],
    ['answers 404', () => `${server.url}${PATH}`],
  ])('stands nowhere in the error when it %s', async (_, address) => {
    answer = { status: 404, headers: {} };
    const error = await failureOf(sendTo(address()));
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('a-secret-token');
  });
});
