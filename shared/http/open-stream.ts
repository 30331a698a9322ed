/** A document of any length from AWS's storage, read piece by piece. */
import { SekishoError } from '../base/errors.ts';
import { AWS_HOSTS, allowedAddress } from './allowed-address.ts';
import { requestStream } from './streamed.ts';

/** Follows no redirect. Throws ADDRESS_REFUSED and AWS_UNAVAILABLE, also while it is read; breaking off ends the download. */
export const openStream = async (address: string): Promise<AsyncIterable<Uint8Array>> => {
  const url = allowedAddress(address, AWS_HOSTS);
  const { status, pieces, end } = await requestStream(url, { brokeOff });
  if (status === 200) return pieces;
  end();
  throw new SekishoError('AWS_UNAVAILABLE', `The download answered ${status}.`);
};

const brokeOff = (cause: unknown): SekishoError =>
  new SekishoError('AWS_UNAVAILABLE', 'The download broke off.', { cause });
