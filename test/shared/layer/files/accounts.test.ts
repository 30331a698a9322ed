import { describe, expect, it } from 'vitest';
import { emptyPasswordsIn, parseGroup, parsePasswd } from '../../../../shared/layer/files/accounts.ts';

describe('parsePasswd', () => {
  it.each([
    ['too few fields', 'app:x:1:1::/srv'],
    ['too many fields', 'app:x:1:1::/srv:/bin/sh:more'],
    ['no name', ':x:1:1::/srv:/bin/sh'],
    ['a space in the name', 'a b:x:1:1::/srv:/bin/sh'],
    ['a control character in the name', 'a\u0007b:x:1:1::/srv:/bin/sh'],
    ['a uid that is no number', 'app:x:one:1::/srv:/bin/sh'],
    ['a negative uid', 'app:x:-1:1::/srv:/bin/sh'],
    ['a uid beyond 32 bits', 'app:x:4294967296:1::/srv:/bin/sh'],
    ['no gid', 'app:x:1:::/srv:/bin/sh'],
  ])('counts a line with %s as malformed', (_, line) => {
    expect(parsePasswd(`${line}\n`)).toEqual({ entries: [], malformed: 1 });
  });

  it('reads lines that end as in Windows, and a last one without an end', () => {
    expect(parsePasswd('a:x:1:1::/:/bin/sh\r\nb:x:2:2::/:').entries.map(({ name, shell }) => [name, shell])).toEqual([
      ['a', '/bin/sh'],
      ['b', ''],
    ]);
  });
});

describe('parseGroup', () => {
  it.each([['root'], ['root:x'], ['root:x:'], ['root:x:0:a:b'], [':x:0:']])('counts %s as malformed', (line) => {
    expect(parseGroup(line)).toEqual({ entries: [], malformed: 1 });
  });
});

describe('emptyPasswordsIn', () => {
  it.each([
    ['root:::0:::::', ['root']],
    ['root:*:::::::', []],
    ['root', []],
    ['::::', []],
    ['', []],
  ])('of %j are %j', (shadow, names) => {
    expect(emptyPasswordsIn(shadow)).toEqual(names);
  });
});
