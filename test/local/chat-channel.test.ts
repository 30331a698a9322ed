import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChatChannel, createChatChannel } from '../../local/chat-channel.ts';
import { createClock, type LocalClock } from '../../local/clock.ts';
import { ask } from './front-client.ts';

let clock: LocalClock;
let chat: ChatChannel;
let port: number;
let close: () => Promise<unknown>;

beforeEach(async () => {
  clock = createClock();
  chat = createChatChannel(clock);
  const server = createServer((request, response) => void chat.handle(request, response, 'slack'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  close = () => new Promise((resolve) => server.close(resolve));
});
afterEach(() => close());

describe('the chat channel', () => {
  it.each([
    ['text', { text: 'hello' }],
    ['blocks', { blocks: [] }],
  ])('takes a message with %s, as Slack does', async (_title, message) => {
    expect(await ask(port, 'POST', '/', { body: JSON.stringify(message) })).toMatchObject({ status: 200, body: 'ok' });
    expect(chat.messages()).toMatchObject([{ destination: 'slack', kind: 'message', body: message }]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'text=hello'],
    ['a text', '"text"'],
    ['null', 'null'],
    ['a list', '[{"text":"hello"}]'],
    ['an object without text and blocks', '{"message":"hello"}'],
  ])('refuses %s, and keeps nothing', async (_title, body) => {
    expect(await ask(port, 'POST', '/', { body })).toMatchObject({ status: 400, body: 'invalid_payload' });
    expect(chat.messages()).toEqual([]);
  });

  it('keeps messages in their order, each with the time of the clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-20T12:00:00Z') });
    await ask(port, 'POST', '/', { body: '{"text":"first"}' });
    clock.advance(3600);
    await ask(port, 'POST', '/', { body: '{"text":"second"}' });
    vi.useRealTimers();
    expect(chat.messages().map(({ body, time }) => ({ body, time }))).toEqual([
      { body: { text: 'first' }, time: '2026-11-20T12:00:00.000Z' },
      { body: { text: 'second' }, time: '2026-11-20T13:00:00.000Z' },
    ]);
  });
});
