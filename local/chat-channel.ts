/** The chat destination of the local runtime: takes what an incoming webhook takes, and keeps it to be looked at. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { LocalClock } from './clock.ts';

export interface ChatMessage {
  readonly destination: string;
  readonly kind: 'message' | 'edit' | 'thread';
  /** ISO 8601, of the runtime's clock. */
  readonly time: string;
  readonly body: unknown;
}

export interface ChatChannel {
  readonly handle: (request: IncomingMessage, response: ServerResponse, destination: string) => Promise<void>;
  readonly messages: () => readonly ChatMessage[];
}

/** Slack's incoming webhooks answer `ok`, or `invalid_payload` to what is no JSON object with text or blocks. */
export const createChatChannel = (
  clock: LocalClock,
  onMessage: (message: ChatMessage) => void = () => undefined,
): ChatChannel => {
  const messages: ChatMessage[] = [];
  return {
    handle: async (request, response, destination) => {
      const body: unknown = await json(request).catch(() => undefined);
      const isMessage = typeof body === 'object' && body !== null && ('text' in body || 'blocks' in body);
      if (isMessage) {
        const message: ChatMessage = { destination, kind: 'message', time: clock.now().toISOString(), body };
        messages.push(message);
        onMessage(message);
      }
      response.writeHead(isMessage ? 200 : 400, { 'content-type': 'text/plain' });
      response.end(isMessage ? 'ok' : 'invalid_payload');
    },
    messages: () => [...messages],
  };
};
