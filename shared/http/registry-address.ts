/** Where a registry may send whoever reads from it. */
import { SekishoError } from '../base/errors.ts';
import { ANY_HOST, allowedAddress } from './allowed-address.ts';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

/** Loopback is spoken to in plain http, all others in https. */
export const registryRoot = (host: string): string =>
  LOOPBACK.test(host) ? `http://${host.replace('localhost', '127.0.0.1')}/v2/` : `https://${host}/v2/`;

/**
 * An address that the registry `host` gave: https, or on this machine where the registry is itself. A registry out there
 * leads nobody to what listens here. Throws ADDRESS_REFUSED.
 */
export const registryAddress = (address: string, host: string): URL => {
  const url = allowedAddress(address, ANY_HOST);
  if (LOOPBACK.test(url.host) && !LOOPBACK.test(host))
    throw new SekishoError('ADDRESS_REFUSED', `The registry ${host} leads to an address on this machine.`);
  return url;
};
