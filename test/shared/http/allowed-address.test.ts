import { describe, expect, it } from 'vitest';
import { ANY_HOST, AWS_HOSTS, allowedAddress, SLACK_HOSTS } from '../../../shared/http/allowed-address.ts';

describe('an address that may be called', () => {
  it.each<[string, Parameters<typeof allowedAddress>[1]]>([
    ['https://hooks.slack.com/services/T0/B0/token', SLACK_HOSTS],
    ['https://HOOKS.SLACK.COM/services/T0/B0/token', SLACK_HOSTS],
    ['https://hooks.slack-gov.com/services/T0/B0/token', SLACK_HOSTS],
    ['https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/key?X-Amz-Signature=00', AWS_HOSTS],
    ['https://bucket.s3.cn-north-1.amazonaws.com.cn/key', AWS_HOSTS],
    ['https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json', ANY_HOST],
    ['https://mirror.example.com:8443/kev.json?branch=main', ANY_HOST],
    // The local runtime, however its address is spelled.
    ['http://127.0.0.1:4566/kev', ANY_HOST],
    ['http://127.0.0.1:4566/v2/', AWS_HOSTS],
    ['https://127.0.0.1:4566/', SLACK_HOSTS],
    ['http://2130706433:4566/', SLACK_HOSTS],
    ['http://0x7f.1:4566/', SLACK_HOSTS],
  ])('%s', (text, hosts) => {
    expect(allowedAddress(text, hosts)).toEqual(new URL(text));
  });
});

describe('an address that is refused', () => {
  it.each([
    ['no URL', 'hooks.slack.com/services/T0/B0/secret'],
    ['nothing', ''],
    ['plain http', 'http://hooks.slack.com/services/T0/B0/secret'],
    ['another protocol', 'file:///etc/secret'],
    ['ftp to this machine', 'ftp://127.0.0.1/secret'],
    ['another host', 'https://example.com/secret'],
    ['a host that begins with the name', 'https://hooks.slack.com.evil.example/secret'],
    ['a host that ends with the name', 'https://evil-hooks.slack.com/secret'],
    ['a host under the name', 'https://evil.hooks.slack.com/secret'],
    ['the name with a final dot', 'https://hooks.slack.com./secret'],
    ['the name in the path', 'https://evil.example/hooks.slack.com/secret'],
    ['the name as a user', 'https://hooks.slack.com@evil.example/secret'],
    ['the name as user and password', 'https://hooks.slack.com:443@evil.example/secret'],
    ['credentials', 'https://user:secret@hooks.slack.com/services'],
    ['a user alone', 'https://secret@hooks.slack.com/services'],
    ['credentials for this machine', 'http://user:secret@127.0.0.1/'],
    ['a letter that looks like one of the name', 'https://hooks.sl\u0430ck.com/secret'],
    ['a full stop that is none', 'https://hooks\u3002slack.com.evil.example/secret'],
    ['a backslash for a slash', 'https://evil.example\\@hooks.slack.com/secret'],
    ['localhost by its name', 'http://localhost:4566/secret'],
    ['another loopback address', 'http://127.0.0.2/secret'],
    ['loopback in IPv6', 'http://[::1]/secret'],
    ['loopback in IPv6 as an IPv4 address', 'http://[::ffff:127.0.0.1]/secret'],
    ['every address of this machine', 'http://0.0.0.0/secret'],
    ['the metadata service', 'http://169.254.169.254/latest/secret'],
    ['the metadata service as a number', 'http://2852039166/latest/secret'],
    ['the metadata service in octal', 'http://0251.0376.0251.0376/latest/secret'],
    ['the metadata service over TLS', 'https://169.254.169.254/latest/secret'],
    ['the metadata service in IPv6', 'http://[fd00:ec2::254]/latest/secret'],
  ])('%s: %s', (_, text) => {
    expect(() => allowedAddress(text, SLACK_HOSTS)).toThrow(
      expect.objectContaining({ code: 'ADDRESS_REFUSED', message: expect.not.stringContaining('secret') }),
    );
  });

  it.each([
    'https://amazonaws.com/',
    'https://evilamazonaws.com/',
    'https://bucket.s3.amazonaws.com.evil.example/',
    'https://bucket.s3.amazonaws.comx/',
    'http://bucket.s3.amazonaws.com/',
    'https://hooks.slack.com/',
  ])('%s is none of AWS', (text) => {
    expect(() => allowedAddress(text, AWS_HOSTS)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });

  it.each([
    'http://www.cisa.gov/feed',
    'http://169.254.169.254/latest/secret',
    'http://localhost:4566/kev',
    'http://127.0.0.2/kev',
    'ftp://127.0.0.1/kev',
    'file:///etc/secret',
    'data:application/json,{}',
    'https://user:secret@mirror.example.com/kev.json',
  ])('%s is refused even where any host may be named', (text) => {
    expect(() => allowedAddress(text, ANY_HOST)).toThrow(
      expect.objectContaining({ code: 'ADDRESS_REFUSED', message: expect.not.stringContaining('secret') }),
    );
  });
});
