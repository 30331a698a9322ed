/** The stand-in for CISA's feed of known exploited vulnerabilities: it can be replaced, and made to fail. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { KEV_SAMPLE } from './sample/kev-sample.ts';

export interface KevFeed {
  /**
   * GET answers with the feed. PUT replaces it by any body, also by one that is no feed, and ends a failure.
   * `POST ?status=503` makes every GET answer so until then.
   */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Serves at first the JSON file at `path`, or a small sample. Rejects when the file cannot be read as JSON. */
export const createKevFeed = async (path: string | undefined): Promise<KevFeed> => {
  let feed = path === undefined ? JSON.stringify(KEV_SAMPLE) : await readJsonFile(path);
  let failure: number | undefined;
  return {
    handle: async (request, response) => {
      switch (request.method) {
        case 'GET':
          return failure === undefined
            ? write(response, 200, feed)
            : write(response, failure, message(`as asked, this feed answers ${failure}`));
        case 'PUT':
          feed = await text(request);
          failure = undefined;
          return write(response, 200, message('the feed is replaced'));
        case 'POST': {
          const status = statusFrom(request.url);
          if (status === undefined) return write(response, 400, message('say ?status= with a number from 400 to 599'));
          failure = status;
          return write(response, 200, message(`the feed answers ${status} until it is replaced`));
        }
        default:
          return write(response, 405, message('GET, PUT, or POST ?status='));
      }
    },
  };
};

const readJsonFile = async (path: string): Promise<string> => {
  try {
    const content = await readFile(path, 'utf8');
    JSON.parse(content);
    return content;
  } catch (cause) {
    throw new Error(`The feed of known exploited vulnerabilities, ${path}, cannot be read as JSON.`, { cause });
  }
};

const statusFrom = (url = ''): number | undefined => {
  const status = new URL(url, 'http://localhost').searchParams.get('status') ?? '';
  return /^[45]\d\d$/.test(status) ? Number(status) : undefined;
};

const message = (words: string): string => JSON.stringify({ message: words });

const write = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};
