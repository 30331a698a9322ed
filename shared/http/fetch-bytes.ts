/** Downloads a small document from AWS's storage, never more than the caller's limit. */
import type { ByteFetcher } from '../pipeline/ports.ts';
import { AWS_HOSTS, allowedAddress } from './allowed-address.ts';
import { download } from './download.ts';

export const fetchBytes: ByteFetcher = async (address, { limitBytes }) =>
  download(allowedAddress(address, AWS_HOSTS), { limitBytes, what: 'The download', unavailable: 'AWS_UNAVAILABLE' });
