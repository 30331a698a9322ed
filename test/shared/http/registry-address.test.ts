import { describe, expect, it } from 'vitest';
import { registryAddress, registryRoot } from '../../../shared/http/registry-address.ts';

describe('the root of a registry', () => {
  it.each([
    ['registry-1.docker.io', 'https://registry-1.docker.io/v2/'],
    ['registry.example:5000', 'https://registry.example:5000/v2/'],
    ['127.0.0.1:4700', 'http://127.0.0.1:4700/v2/'],
    ['localhost:4700', 'http://127.0.0.1:4700/v2/'],
    ['localhost', 'http://127.0.0.1/v2/'],
    ['localhost.example', 'https://localhost.example/v2/'],
  ])('of %s is %s', (host, root) => {
    expect(registryRoot(host)).toBe(root);
  });
});

describe('an address that a registry gave', () => {
  it.each([
    ['https://storage.example/a', 'registry.example'],
    ['http://127.0.0.1:4701/a', '127.0.0.1:4700'],
    ['https://storage.example/a', 'localhost:4700'],
    ['https://127.0.0.2/a', 'localhost:4700'],
    ['https://127.0.0.2:5000/v2/', '127.0.0.2:5000'],
    ['https://10.0.0.7/a', 'registry.example'],
    ['https://[2001:db8::1]/a', 'registry.example'],
    ['https://[::ffff:808:808]/a', 'registry.example'],
    ['https://localhost.example/a', 'registry.example'],
  ])('may be %s from %s', (address, host) => {
    expect(registryAddress(address, host).href).toBe(address);
  });

  it.each([
    ['on this machine, from one out there', 'http://127.0.0.1:4566/', 'registry.example'],
    ['on this machine in https, from one out there', 'https://127.0.0.1/', 'registry.example'],
    ['on this machine by its name, from one out there', 'https://localhost:8443/', 'registry.example'],
    ['of the machine’s own metadata', 'http://169.254.169.254/latest', '127.0.0.1:4700'],
    ['in plain http', 'http://storage.example/', 'registry.example'],
  ])('is refused %s', (_, address, host) => {
    expect(() => registryAddress(address, host)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });
});

describe('an address near this machine', () => {
  it.each([
    'https://127.0.0.2/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001:8443/',
    'https://0.0.0.0/',
    'https://localhost./',
    'https://LOCALHOST/',
    'https://app.localhost/',
    'https://[::1]/',
    'https://[::]:4566/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/latest',
    'https://169.254.169.254/latest',
    'https://169.254.170.2/v2/credentials',
  ])('is refused from a registry out there: %s', (address) => {
    for (const host of ['registry.example', 'registry.example:5000', '8.8.8.8:443'])
      expect(() => registryAddress(address, host)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });
});
