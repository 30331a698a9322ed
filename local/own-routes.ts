/** The runtime's own addresses: its state, its clock, events in, dead letters and chat to look at. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { ChatChannel } from './chat-channel.ts';
import type { Handle } from './front.ts';
import { KEV_ROUTE } from './outside-addresses.ts';
import type { EventAnswer } from './put-events.ts';
import { type GivenDetails, givenDetailsFrom } from './services/inspector/given-details.ts';
import type { State } from './state.ts';

export interface OwnRoutesOptions {
  readonly state: () => Promise<State>;
  readonly advance: (seconds: number) => void;
  readonly putEvents: (events: readonly unknown[]) => Promise<readonly EventAnswer[]>;
  /** The messages of a queue; undefined when there is none of that name. */
  readonly peek: (queue: string) => Promise<readonly unknown[] | undefined>;
  /** What was written last, oldest first. */
  readonly logs: () => readonly string[];
  readonly chat: ChatChannel;
  readonly kevFeed: { readonly handle: Handle };
  readonly setFindingDetails: (details: GivenDetails) => void;
}

const ROUTES = [
  'GET /_local/state',
  'POST /_local/clock',
  'POST /_local/events',
  'GET /_local/queues/<name>',
  'GET /_local/logs',
  'PUT /_local/inspector/details',
  `GET, PUT or POST ${KEV_ROUTE}`,
];

/** A clock that jumps further would leave the dates that AWS's formats can carry. */
const LONGEST_ADVANCE_SECONDS = 100 * 365 * 24 * 60 * 60;
const CLOCK_BODY = `the body must be {"advance": seconds}, with a number from 0 to ${LONGEST_ADVANCE_SECONDS}`;

export const ownRoutes = (options: OwnRoutesOptions): Handle => {
  const { state, advance, putEvents, peek, logs, chat, kevFeed, setFindingDetails } = options;
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /_local/state') return answer(response, 200, await state());
    if (route === 'GET /_local/logs') return answer(response, 200, logs());
    if (route === 'POST /_local/clock') {
      const seconds = secondsFrom(await bodyOf(request));
      if (seconds === undefined) return answer(response, 400, { message: CLOCK_BODY });
      advance(seconds);
      return answer(response, 200, { now: (await state()).now });
    }
    if (route === 'POST /_local/events') {
      const body = await bodyOf(request);
      if (body === undefined)
        return answer(response, 400, { message: 'the body must be an event or an array of events' });
      return answer(response, 200, await putEvents(Array.isArray(body) ? body : [body]));
    }
    if (pathname === KEV_ROUTE) return kevFeed.handle(request, response);
    if (route === 'PUT /_local/inspector/details') {
      const given = givenDetailsFrom(await bodyOf(request));
      if ('problem' in given) return answer(response, 400, { message: given.problem });
      for (const details of given.details) setFindingDetails(details);
      return answer(response, 200, { set: given.details.length });
    }
    const [, , folder, name] = pathname.split('/');
    if (folder === 'queues' && name !== undefined && request.method === 'GET') {
      const messages = await peek(name);
      return messages ? answer(response, 200, messages) : answer(response, 404, { message: `no queue ${name}` });
    }
    if (folder === 'chat' && name !== undefined && request.method === 'POST')
      return chat.handle(request, response, name);
    return answer(response, 404, {
      message: ROUTES.join(', '),
    });
  };
};

const bodyOf = (request: IncomingMessage): Promise<unknown> => json(request).catch(() => undefined);

const secondsFrom = (body: unknown): number | undefined => {
  const seconds = typeof body === 'object' && body !== null && 'advance' in body ? body.advance : undefined;
  return typeof seconds === 'number' && seconds >= 0 && seconds <= LONGEST_ADVANCE_SECONDS ? seconds : undefined;
};

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
