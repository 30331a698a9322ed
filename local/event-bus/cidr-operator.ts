/** The cidr operator of an event pattern: an IPv4 or IPv6 block that the address must lie in. */
import { BlockList, isIP } from 'node:net';
import { InvalidEventPatternException } from './invalid-event-pattern.ts';
import type { ValueTest } from './text-operators.ts';

const WIDTH = { ipv4: 32, ipv6: 128 } as const;

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
};

export const compileCidr = (argument: unknown): ValueTest => {
  const [address = '', bits = '', ...more] = typeof argument === 'string' ? argument.split('/') : [];
  const family = familyOf(address);
  if (family === undefined || more.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > WIDTH[family])
    throw new InvalidEventPatternException('Malformed CIDR, must be <address>/<bits>');
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return (value) => typeof value === 'string' && familyOf(value) === family && block.check(value, family);
};
