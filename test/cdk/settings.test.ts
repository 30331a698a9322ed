import { describe, expect, it } from 'vitest';
import { readDeploymentSettings } from '../../cdk/settings.ts';

const DEFAULTS = {
  name: 'sekisho',
  groupWaitSeconds: 60,
  kevFeed: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  logRetentionDays: 30,
};

describe('the settings of a deployment', () => {
  it.each<[string, unknown, object]>([
    ['no context', undefined, DEFAULTS],
    ['a context of null', null, DEFAULTS],
    ['an empty object', {}, DEFAULTS],
    ['a name', { name: 'team-a2' }, { ...DEFAULTS, name: 'team-a2' }],
    ['the shortest name', { name: 'ab' }, { ...DEFAULTS, name: 'ab' }],
    ['the longest name', { name: `a${'b'.repeat(30)}` }, { ...DEFAULTS, name: `a${'b'.repeat(30)}` }],
    ['no wait', { groupWaitSeconds: 0 }, { ...DEFAULTS, groupWaitSeconds: 0 }],
    ['the longest wait of SQS', { groupWaitSeconds: 900 }, { ...DEFAULTS, groupWaitSeconds: 900 }],
    ['a policy file', { policy: 'security/policy.yaml' }, { ...DEFAULTS, policy: 'security/policy.yaml' }],
    [
      'a mirror of CISA’s list',
      { kevFeed: 'https://mirror.example.com/kev.json' },
      { ...DEFAULTS, kevFeed: 'https://mirror.example.com/kev.json' },
    ],
    ['a year of logs', { logRetentionDays: 365 }, { ...DEFAULTS, logRetentionDays: 365 }],
  ])('are complete from %s', (_title, context, expected) => {
    expect(readDeploymentSettings(context)).toEqual(expected);
  });

  it.each<[string, unknown, RegExp]>([
    ['a text', 'name=x', /"sekisho".*sekisho: .*expected object/],
    ['a list', [], /"sekisho".*sekisho: .*expected object/],
    ['a misspelt key', { groupWaitSecond: 5 }, /"groupWaitSecond"/],
    ['a name of one letter', { name: 'a' }, /name: /],
    ['a name that is too long', { name: `a${'b'.repeat(31)}` }, /name: /],
    ['a name with a capital', { name: 'Sekisho' }, /name: /],
    ['a name that starts with a digit', { name: '1st' }, /name: /],
    ['an empty name', { name: '' }, /name: /],
    ['a wait beyond the limit of SQS', { groupWaitSeconds: 901 }, /groupWaitSeconds: .*900/],
    ['a negative wait', { groupWaitSeconds: -1 }, /groupWaitSeconds: /],
    ['a part of a second', { groupWaitSeconds: 1.5 }, /groupWaitSeconds: /],
    ['a wait of null', { groupWaitSeconds: null }, /groupWaitSeconds: .*null/],
    ['a wait that is a text', { groupWaitSeconds: '' }, /groupWaitSeconds: .*string/],
    ['a list of CISA’s without TLS', { kevFeed: 'http://mirror.example.com/kev.json' }, /kevFeed: /],
    [
      'a list of CISA’s with a password',
      { kevFeed: 'https://me:secret@mirror.example.com/kev.json' },
      /kevFeed: it carries/,
    ],
    ['a policy file without a name', { policy: '' }, /policy: /],
    ['days that CloudWatch does not have', { logRetentionDays: 8 }, /logRetentionDays: .*7\|14\|30/],
  ])('refuse %s and say which key is wrong', (_title, context, message) => {
    expect(() => readDeploymentSettings(context)).toThrow(message);
  });

  it('name every wrong key at once', () => {
    expect(() => readDeploymentSettings({ name: 'X', groupWaitSeconds: -1, logRetentionDays: 1 })).toThrow(
      /name: .*; groupWaitSeconds: .*; logRetentionDays: /,
    );
  });
});
