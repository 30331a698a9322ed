/** One small document over HTTP: never more than a limit, never for longer than a limit, and from nowhere but its address. */
import { type ErrorCode, SekishoError } from '../base/errors.ts';

const TIMEOUT_MS = 20_000;

export interface DownloadOptions {
  readonly limitBytes: number;
  /** How an error names it, as the subject of a sentence. */
  readonly what: string;
  /** The code of an answer that may be better next time. */
  readonly unavailable: ErrorCode;
}

/** Follows no redirect: it would lead to an address that nobody has looked at. Throws TOO_LARGE and `unavailable`. */
export const download = async (url: URL, { limitBytes, what, unavailable }: DownloadOptions): Promise<Buffer> => {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new SekishoError(unavailable, `${what} answered ${response.status}.`);
    }
    return await readLimited(response, limitBytes);
  } catch (thrown) {
    if (thrown instanceof SekishoError) throw thrown;
    throw new SekishoError(unavailable, `${what} broke off.`, { cause: thrown });
  }
};

const readLimited = async (response: Response, limitBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new SekishoError('TOO_LARGE', `The document is larger than ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
