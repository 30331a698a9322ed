/** Downloads a small document from AWS's storage, never more than the caller's limit. */
import { SekishoError } from '../base/errors.ts';
import type { ByteFetcher } from '../pipeline/ports.ts';
import { AWS_HOSTS, allowedAddress } from './allowed-address.ts';

const TIMEOUT_MS = 20_000;

export const fetchBytes: ByteFetcher = async (address, { limitBytes }) => {
  const url = allowedAddress(address, AWS_HOSTS);
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new SekishoError('AWS_UNAVAILABLE', `The download answered ${response.status}.`);
    }
    return await readLimited(response, limitBytes);
  } catch (thrown) {
    if (thrown instanceof SekishoError) throw thrown;
    throw new SekishoError('AWS_UNAVAILABLE', 'The download broke off.', { cause: thrown });
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
