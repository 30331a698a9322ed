/** Plain HTTP requests to a server on the loopback interface, as any client makes them. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** `path` is sent as it stands: nothing is made regular before. */
export const ask = (
  port: number,
  method: string,
  path: string,
  {
    body,
    ...named
  }: {
    readonly body?: string;
    readonly authorization?: string;
    readonly host?: string;
    readonly origin?: string;
    readonly 'x-amz-target'?: string;
  } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers: { ...named, connection: 'close' } }, (response) => {
      text(response).then(
        (content) => resolve({ status: response.statusCode, type: response.headers['content-type'], body: content }),
        reject,
      );
    })
      .on('error', reject)
      .end(body);
  });

/** An Authorization header as an SDK signs it. */
export const signedFor = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
