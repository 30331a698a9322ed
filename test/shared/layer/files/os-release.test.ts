import { describe, expect, it } from 'vitest';
import { parseOsRelease } from '../../../../shared/layer/files/os-release.ts';

describe('parseOsRelease', () => {
  it.each([
    ['ID=debian', { ID: 'debian' }],
    ['PRETTY_NAME="Debian GNU/Linux 13 (trixie)"', { PRETTY_NAME: 'Debian GNU/Linux 13 (trixie)' }],
    ["VERSION_ID='3.24.1'", { VERSION_ID: '3.24.1' }],
    ['NAME="a \\"b\\" \\$c"', { NAME: 'a "b" $c' }],
    ['# ID=other\nID=debian', { ID: 'debian' }],
    ['ID=a\nID=b', { ID: 'b' }],
    ['id=debian', {}],
    ['__proto__=x', {}],
    ['NAME=a\u001b[31mb\u0000', { NAME: 'ab' }],
    ['ID="', { ID: '"' }],
    ['', {}],
  ])('reads %j as %j', (text, fields) => {
    expect(parseOsRelease(text)).toEqual(fields);
  });

  it('keeps 64 fields of 256 characters', () => {
    const text = Array.from({ length: 100 }, (_, index) => `F${index}=${'x'.repeat(1_000)}`).join('\n');
    const fields = parseOsRelease(text);
    expect(Object.keys(fields)).toHaveLength(64);
    expect(fields.F0).toHaveLength(256);
  });
});
