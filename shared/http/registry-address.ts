/** Where a registry may send whoever reads from it. */
import { BlockList, isIP } from 'node:net';
import { SekishoError } from '../base/errors.ts';
import { ANY_HOST, allowedAddress } from './allowed-address.ts';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

/** What only this machine reaches: itself, its link, and the metadata and credentials of AWS (fd00:ec2::254, ::23). */
const NEARBY = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)
  NEARBY.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
] as const)
  NEARBY.addSubnet(address, prefix, 'ipv6');

/** Loopback is spoken to in plain http, all others in https. */
export const registryRoot = (host: string): string =>
  LOOPBACK.test(host) ? `http://${host.replace('localhost', '127.0.0.1')}/v2/` : `https://${host}/v2/`;

/**
 * An address that the registry `host` gave: https, or on this machine where the registry is itself. A registry out there
 * leads nobody to what listens here, as far as the address itself says: names are not looked up. Throws ADDRESS_REFUSED.
 */
export const registryAddress = (address: string, host: string): URL => {
  const url = allowedAddress(address, ANY_HOST);
  if (isNearby(url.hostname) && !isNearby(URL.parse(`https://${host}/`)?.hostname ?? ''))
    throw new SekishoError('ADDRESS_REFUSED', `The registry ${host} leads to an address on this machine.`);
  return url;
};

/** `hostname`: as a URL has it, which is to say in one spelling of an address only. */
const isNearby = (hostname: string): boolean => {
  const name = hostname.replace(/^\[|\]$|\.$/g, '');
  const family = isIP(name);
  // An IPv4 address in the words of IPv6 is found in both lists.
  if (family !== 0) return NEARBY.check(name, family === 6 ? 'ipv6' : 'ipv4');
  return name === 'localhost' || name.endsWith('.localhost');
};
