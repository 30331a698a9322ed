/** A request's body, held in memory up to a limit. */
import type { IncomingMessage } from 'node:http';

const gather = async (request: IncomingMessage, limit: number): Promise<Buffer | 'too-large'> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : 'too-large';
};

/**
 * The bytes, or why there are none. The rest of a body that is too large is read and dropped, so that the caller gets
 * its answer; reading a request fails only when the caller hangs up, and then nobody waits for one.
 */
export const readBody = (request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'caller-gone'> =>
  gather(request, limit).catch(() => 'caller-gone' as const);
