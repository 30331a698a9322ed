import { describe, expect, it } from 'vitest';
import { parseSudoers } from '../../../../shared/layer/files/sudoers.ts';

describe('parseSudoers', () => {
  it.each([
    ['asks for the password by default', 'root ALL=(ALL:ALL) ALL', [false, false]],
    ['sees everything without one', 'app ALL=(ALL) NOPASSWD: ALL', [true, true]],
    ['sees it without spaces', '%wheel ALL=(ALL)NOPASSWD:ALL', [true, true]],
    ['sees one command without one', 'app ALL=(root) NOPASSWD: /usr/bin/systemctl restart app', [true, false]],
    ['sees all among others', 'app ALL=NOPASSWD: /bin/a, ALL', [true, true]],
    ['sees other tags before the command', 'app ALL=NOPASSWD: SETENV: ALL', [true, true]],
    ['stops where a password is asked for again', 'app ALL=NOPASSWD: /bin/a, PASSWD: ALL', [true, false]],
    ['passes over comments', '# app ALL=(ALL) NOPASSWD: ALL', [false, false]],
    ['takes a number sign before digits for a user', '#1000 ALL=(ALL) NOPASSWD: ALL', [true, true]],
    ['passes over includes', '#includedir /etc/sudoers.d\n@include /etc/x=NOPASSWD:ALL', [false, false]],
    ['passes over aliases', 'Cmnd_Alias ALLOWED = /bin/a, /bin/b', [false, false]],
    ['joins lines', 'app ALL=(ALL) \\\n  NOPASSWD: ALL', [true, true]],
    ['sees that nobody is asked', 'Defaults !authenticate\nroot ALL=(ALL:ALL) ALL', [true, true]],
    ['reads an empty file', '', [false, false]],
  ])('%s', (_, text, [withoutPassword, all]) => {
    expect(parseSudoers(text)).toEqual({ withoutPassword, all });
  });
});
