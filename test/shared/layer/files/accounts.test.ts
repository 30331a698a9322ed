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
    expect(parsePasswd(`${line}\n`)).toMatchObject({ entries: [], malformed: 1 });
  });

  it.each([
    ['app:x:0', 0, 0],
    ['app', 0, 0],
    ['app:x:one:two::/:/bin/sh', 0, 0],
    ['  app:x:12:13::/:/bin/sh:more', 12, 13],
    ['app:x:+5:6', 5, 6],
    ['app:x:4294967296:4294967297::/:', 0, 1],
    ['app:x:-1:7::/:', 4294967295, 7],
    ['app:x:99999999999999999999999:7::/:', 4294967295, 7],
  ])('keeps what runtimes make of %j: %d, %d', (line, uid, gid) => {
    const { misread } = parsePasswd(`${line}\napp:x:10001:10001::/:/bin/sh\n`);
    expect(misread).toMatchObject([{ name: 'app', uid, gid }]);
  });

  it('keeps nothing of a malformed line behind one that has its name', () => {
    const { entries, misread, malformed } = parsePasswd('app:x:10001:10001::/:/bin/sh\napp:x:0\n');
    expect(entries).toMatchObject([{ name: 'app', uid: 10001 }]);
    expect([misread, malformed]).toEqual([[], 1]);
  });

  it.each([
    ['root::0:0:root:/root:/bin/sh', ['root']],
    ['root::0:0', ['root']],
    ['root:x:0:0:root:/root:/bin/sh', []],
    ['root:*:0:0:root:/root:/bin/sh', []],
    ['+::0:0:::', []],
    ['root::', []],
  ])('of %j, the names without a password are %j', (line, names) => {
    expect(parsePasswd(line).emptyPasswords).toEqual(names);
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
