import { expect, it } from 'vitest';
import type { ChatChange, ChatMessage } from '../../../shared/chat/message.ts';
import { messageFromGroup } from '../../../shared/chat/message-from-group.ts';
import { changesText } from '../../../shared/chat/slack-changes.ts';
import { FINDING } from './grouped.ts';

const message = (change: Partial<ChatMessage>): ChatMessage => {
  const found = messageFromGroup([FINDING]);
  if (!found) throw new Error('nothing is told');
  return { ...found, changes: [], ...change };
};
const OPENSSL = ['openssl 3.0.11 → 3.0.13'];
const NONE = { withoutFix: 0, severalChanges: 0, notKnown: 0 };
const RUN = { position: 7, text: 'RUN apt-get install -y `openssl`', origin: 'app' } as const;

it.each<[string, ChatChange, string]>([
  [
    'a newer base image',
    {
      kind: 'rebuild-base',
      removes: 212,
      packages: ['a 1 → 2', 'b 1 → 2', 'c 1 → 2', 'd 1 → 2', 'e 1 → 2', 'f 1 → 2'],
    },
    '• Rebuild on a newer base image: removes 212 of 250 vulnerabilities (`a 1 → 2`, `b 1 → 2`, `c 1 → 2`, `d 1 → 2`, `e 1 → 2` and 1 more)',
  ],
  [
    'an instruction of the Dockerfile',
    { kind: 'upgrade-packages', instruction: RUN, removes: 20, packages: OPENSSL },
    '• In instruction 7 of the Dockerfile `RUN apt-get install -y ˋopensslˋ`: upgrade `openssl 3.0.11 → 3.0.13`: removes 20 of 250 vulnerabilities',
  ],
  [
    'an instruction that may be of the base image',
    { kind: 'upgrade-packages', instruction: { ...RUN, origin: 'unknown' }, removes: 1, packages: OPENSSL },
    '• In instruction 7 of the Dockerfile or of its base image `RUN apt-get install -y ˋopensslˋ`: upgrade `openssl 3.0.11 → 3.0.13`: removes 1 of 250 vulnerabilities',
  ],
  [
    'packages, where the instruction is not known',
    { kind: 'upgrade-packages', removes: 3, packages: OPENSSL },
    '• Upgrade `openssl 3.0.11 → 3.0.13`: removes 3 of 250 vulnerabilities',
  ],
])('says what removes how many: %s', (_case, change, line) => {
  const text = changesText(message({ changes: [change], vulnerabilityCount: 250 }));
  expect(text).toBe(`*What to change*\n${line}`);
});

it.each<[string, Partial<ChatMessage>, string]>([
  ['a missing fix', { unremoved: { ...NONE, withoutFix: 18 } }, '18 have no fixed version yet'],
  ['one missing fix', { unremoved: { ...NONE, withoutFix: 1 } }, '1 has no fixed version yet'],
  [
    'several ways in',
    { unremoved: { withoutFix: 2, severalChanges: 3, notKnown: 0 } },
    '2 have no fixed version yet · 3 need more than one change, or one that is not known',
  ],
  [
    'one with several ways in',
    { unremoved: { ...NONE, severalChanges: 1 } },
    '1 needs more than one change, or one that is not known',
  ],
  ['what an older version kept', { unremoved: { ...NONE, notKnown: 4 } }, 'what removes 4 more is not known yet'],
  [
    'more changes than are told',
    { moreChanges: { count: 4, removes: 9 }, vulnerabilityCount: 250 },
    '4 more changes remove 9 of 250 vulnerabilities',
  ],
  [
    'one more change than is told',
    { moreChanges: { count: 1, removes: 1 }, vulnerabilityCount: 250 },
    '1 more change removes 1 of 250 vulnerabilities',
  ],
])('says what is left: %s', (_case, change, line) => {
  expect(changesText(message(change))).toBe(`*What to change*\n${line}`);
});

it('says nothing of a group without vulnerabilities', () => {
  expect(changesText(message({ vulnerabilityCount: 0 }))).toBe('');
});
