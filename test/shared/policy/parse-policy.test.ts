import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../shared/policy/parse-policy.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { policyOf, problemsOf, TODAY } from './policies.ts';

const file = (name: string): string => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');

/** A suppression that is right, but for what is given. */
const suppression = ({ match = '{packages: [zlib]}', reason = 'x', expires = '2027-01-31', id = 'a' }): string =>
  `  - {id: ${id}, match: ${match}, reason: ${reason}, owner: me, expires: ${expires}}\n`;

describe('a policy that is right', () => {
  it.each([
    ['nothing but the version', 'version: 1\n'],
    ['the file that init prints', file('cli/commands/policy-init.yaml')],
  ])('is the built-in one for %s', (_title, text) => {
    expect(parsePolicy(text, TODAY)).toEqual({ ok: true, value: BUILT_IN_POLICY });
  });

  it('is the example', () => {
    expect(parsePolicy(file('examples/policy.yaml'), TODAY)).toMatchObject({
      ok: true,
      value: {
        defaults: { criticality: 'medium', environment: 'staging' },
        context: [{ id: 'payments-sandbox' }, { id: 'payments', criticality: 'high' }, { id: 'platform' }],
        routing: [{ id: 'trials', from: 'act' }, { id: 'base-images', from: 'track*' }, { id: 'coin-miners' }],
        dueDates: { days: { act: 2, attend: 7, 'track*': 30, track: null }, follow: 'bod-26-04' },
        floor: 'bod-26-04',
      },
    });
  });

  it('is plain data, with everything that was left out filled in', () => {
    const policy = policyOf('context: [{id: a, criticality: low}]\ndueDates: {act: 1}');
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
    expect(policy).toEqual({
      ...BUILT_IN_POLICY,
      name: 'policy@c08a49d1c8d8',
      context: [{ id: 'a', match: {}, criticality: 'low' }],
      dueDates: { days: { act: 1, attend: 14, 'track*': 60, track: null } },
    });
  });

  it('takes the same values by anchors and aliases', () => {
    const policy = policyOf(
      'context:\n  - {id: a, match: {repositories: &ours [x, y]}, criticality: low}\nrouting:\n  - {id: b, match: {repositories: *ours}, to: []}',
    );
    expect(policy.routing).toEqual([{ id: 'b', match: { repositories: ['x', 'y'] }, to: [] }]);
  });

  it('has a public key or the ARN of one', () => {
    const { publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const indented = publicKey.trim().replaceAll('\n', '\n        ');
    expect(policyOf(`signing:\n  keys:\n    - id: a\n      publicKey: |\n        ${indented}\n`).signing.keys).toEqual([
      { id: 'a', publicKey },
    ]);
  });

  it.each(['2026-11-20', '2026-12-31', '2027-11-20'])('has a suppression until %s', (expires) => {
    expect(policyOf(`suppressions:\n${suppression({ expires })}`).suppressions[0]?.expires).toBe(expires);
  });

  it('may have a suppression with a star beside what it names', () => {
    const match = '{repositories: ["*"], vulnerabilities: [CVE-2024-6119]}';
    expect(problemsOf(`suppressions:\n${suppression({ match })}`)).toEqual([]);
  });

  it('mentions from below the chat threshold on where a rule tells of that', () => {
    const rule = 'routing: [{id: a, to: [slack], from: track}]';
    expect(problemsOf(`thresholds: {chat: attend, mention: track}\n${rule}`)).toEqual([]);
  });

  it.each([
    ['attend', '', 'attend'],
    ['the chat threshold, where that is worse', 'thresholds: {chat: act}', 'act'],
    ['attend, where the chat threshold is milder', 'thresholds: {chat: "track*"}', 'attend'],
    ['what it says', 'thresholds: {chat: act, image: track}', 'track'],
  ])('tells of images by themselves from %s on', (_title, text, image) => {
    expect(policyOf(text).thresholds.image).toBe(image);
  });

  it.each([
    [
      'mentions from below the chat threshold on where images are told from there',
      'thresholds: {chat: act, image: attend, mention: attend}',
    ],
    [
      'routes images by decisions that are told of them alone',
      'thresholds: {chat: act, image: track}\nrouting: [{id: a, match: {kinds: [image], decisions: [track]}, to: [slack]}]',
    ],
  ])('%s', (_title, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('renews a suppression before it expires', () => {
    const two = suppression({ id: 'a', expires: '2026-12-01' }) + suppression({ id: 'b', expires: '2027-06-01' });
    expect(problemsOf(`suppressions:\n${two}`)).toEqual([]);
  });
});

const CHAIN = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...[...'bcdef'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcde'[at]}`)}]`),
];

const NOTHING_SAID =
  '1:1 The file says nothing: delete it to have the built-in policy, or begin with what `sekisho policy init` prints.';

describe('a file that is no YAML, or too much of it', () => {
  it.each<[string, string, string]>([
    ['a tab', 'version: 1\ncontext:\n\t- id: a', '3:1 Indent with spaces: YAML takes no tabs here.'],
    [
      'a second document',
      'version: 1\n---\nversion: 1',
      '2:1 A second document begins here; a policy is one document.',
    ],
    [
      'a bare star',
      'context:\n  - match: {repositories: [*]}',
      '2:28 Text that begins with * must be in quotes: for YAML it is an alias, and nothing has that name.',
    ],
    [
      'a pattern like an alias',
      'context:\n  - match: {repositories: [*-api]}',
      '2:28 Text that begins with * must be in quotes: for YAML it is an alias, and nothing has that name.',
    ],
    ['a quote that never closes', 'version: 1\nfloor: "x', '2:8 The quote that opens here is never closed.'],
    [
      'a quote that closes where the next one opens',
      'floor: "x\ncontext: []\nreason: "y"\n',
      '1:8 The quote that opens here is never closed.',
    ],
    [
      'a quote that nothing closes for lines',
      "version: 1\na: 'x\n  b\n  c\n",
      '2:4 The quote that opens here is never closed.',
    ],
    ['a colon in a text', 'a:\n  reason: Accepted: the vendor says so\n', '2:11 Put a text that holds `: ` in quotes.'],
    [
      'a colon in a text between braces',
      'a:\n  - {id: a, reason: Accepted: the vendor, owner: me}\n',
      '2:21 Put a text that holds `: ` in quotes.',
    ],
    [
      'no space after a colon',
      'context:\n  - id:a\n    criticality: high\n',
      '2:5 This is no key with a value: a space is missing after the colon of `id:`.',
    ],
    [
      'no space after the first colon',
      'version:1\ncontext: []\n',
      '1:1 This is no key with a value: a space is missing after the colon of `version:`.',
    ],
    ['no line', '', NOTHING_SAID],
    ['white space', ' \n\n', NOTHING_SAID],
    ['a comment', '# later\n', NOTHING_SAID],
    ['the mark of a document', '---\n', NOTHING_SAID],
    ['UTF-16', Buffer.from('\uFEFFversion: 1\n', 'utf16le').toString('utf8'), '1:1 The file is not UTF-8 text.'],
    ['Latin-1', Buffer.from('version: 1\n# für\n', 'latin1').toString('utf8'), '2:4 The file is not UTF-8 text.'],
    ['a NUL', 'version: 1\n\0', '2:1 The file is not UTF-8 text.'],
    ['a key that is a list', '? [a]\n: b', '1:3 A key must be text.'],
    ['an unknown tag', 'version: !one 1', '1:10 This is not valid YAML: Unresolved tag: !one.'],
    ['aliases of aliases', CHAIN.join('\n'), '1:1 The aliases of this file stand for too many values.'],
    ['lists in lists', '['.repeat(20_000), 'The values are nested too deeply to be read.'],
    ['300 KB', `# ${'x'.repeat(300_000)}`, '1:1 The file is larger than 256 KB, the most that is read.'],
  ])('is refused for %s', (_title, text, problem) => {
    const policy = parsePolicy(text, TODAY);
    const problems = policy.ok ? [] : policy.error.map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

const NAMES_NOTHING =
  'Rule a: a suppression must say what it accepts: vulnerabilities, packages, repositories, threatTypes or rules; stars alone name nothing.';

describe('a policy that is not right', () => {
  it.each<[string, string, string]>([
    ['text', 'nothing', '1:1 A policy must be keys with values.'],
    ['a list', '- version: 1', '1:1 A policy must be keys with values.'],
    ['no version', 'floor: bod-26-04', '1:1 `version` is missing.'],
    ['a version in quotes', 'version: "1"', '1:10 `version: "1"` must be 1, without quotes.'],
    [
      'one key without a space',
      'version:1',
      '1:1 A policy must be keys with values: a space is missing after the colon of `version:`.',
    ],
    ['another version', 'version: 2', '1:10 `version: 2` must be 1.'],
  ])('has %s in the place of a policy', (_title, text, problem) => {
    const policy = parsePolicy(text, TODAY);
    expect(policy.ok ? [] : policy.error.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      problem,
    ]);
  });

  it.each<[string, string, string]>([
    ['an unknown key', 'contxt: []', '2:1 `contxt` is not known here; did you mean `context`?'],
    [
      'a key near nothing',
      'defaults: {colour: red}',
      '2:12 `colour` is not known here; known are criticality, wellbeing, environment.',
    ],
    [
      'a merge key',
      'defaults: {<<: {criticality: low}}',
      '2:12 Merge keys, `<<`, are not taken here: write the keys out, or use an alias for a whole value.',
    ],
    [
      'a key given twice',
      'floor: bod-26-04\nfloor: bod-26-04',
      '3:1 The key `floor` is here a second time; the first is in line 2.',
    ],
    [
      'a key that is a part of every object',
      'context: [{id: a, criticality: low, match: {resourceTags: {__proto__: [x], team: [a]}}}]',
      '2:60 `__proto__` cannot be a key.',
    ],
    [
      'a YAML tag that makes a map of no keys',
      'routing: [{id: a, to: [], match: !!omap [accounts: x]}]',
      '2:41 YAML tags, which begin with !, have no meaning here.',
    ],
    ['a key without a value', 'context:', '2:9 `context` has no value: give it one, or remove the key.'],
    ['an empty entry', 'context:\n  -\n', '3:4 Rule 1 of `context`: it has no value: give it one, or remove the key.'],
    ['text for a list', 'tags: {criticality: tier}', '2:21 `criticality: tier` must be a list.'],
    ['a list for keys', 'defaults: []', '2:11 `defaults` must be keys with values.'],
    [
      'a wrong word',
      'defaults: {criticality: hihg}',
      '2:25 `criticality: hihg` must be low, medium or high; did you mean `high`?',
    ],
    [
      'a word of another key',
      'thresholds: {chat: urgent}',
      '2:20 `chat: urgent` must be track, track*, attend or act.',
    ],
    ['another floor', 'floor: nist', '2:8 `floor: nist` must be bod-26-04.'],
    [
      'a destination that does not exist',
      'routing: [{id: a, to: [teams]}]',
      '2:24 Rule a: `teams` in `to` must be slack.',
    ],
    ['a route to nowhere said', 'routing:\n  - id: a', '3:5 Rule a: `to` is missing.'],
    [
      'an id with a space',
      'routing: [{id: a b, to: []}]',
      '2:16 Rule 1 of `routing`: `id: a b` must be 1 to 63 small letters, digits and hyphens.',
    ],
    [
      'an account without quotes',
      'context: [{id: a, criticality: low, match: {accounts: [012345678901]}}]',
      '2:56 Rule a: `12345678901` in `accounts` must be text; a number or a word like true needs quotes to be text.',
    ],
    [
      'an account that is too short',
      'context: [{id: a, criticality: low, match: {accounts: ["123"]}}]',
      '2:56 Rule a: `"123"` in `accounts` must be the 12 digits of an account, in quotes.',
    ],
    [
      'a repository with its registry',
      'context: [{id: a, criticality: low, match: {repositories: [111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout]}}]',
      '2:60 Rule a: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout` in `repositories` names a registry: put the repository’s name alone here, and the registry’s account and Region into `accounts` and `regions`.',
    ],
    [
      'a repository with any registry',
      'context: [{id: a, criticality: low, match: {repositories: ["*.dkr.ecr.*/shop"]}}]',
      '2:60 Rule a: `*.dkr.ecr.*/shop` in `repositories` names a registry: put the repository’s name alone here, and the registry’s account and Region into `accounts` and `regions`.',
    ],
    [
      'a repository with a tag',
      'context: [{id: a, criticality: low, match: {repositories: ["shop/checkout:1.4.2"]}}]',
      '2:60 Rule a: `shop/checkout:1.4.2` in `repositories` names a tag: put the repository’s name alone here, and the tag into `imageTags`.',
    ],
    [
      'a repository with a digest',
      'context: [{id: a, criticality: low, match: {repositories: ["shop@sha256:1a2b"]}}]',
      '2:60 Rule a: `shop@sha256:1a2b` in `repositories` names a digest: put the repository’s name alone here.',
    ],
    [
      'tags of images for threats',
      'routing: [{id: a, match: {kinds: [threat], imageTags: [x]}, to: []}]',
      '2:19 Rule a: no finding has all of this: vulnerabilities and packages are of vulnerabilities, threat types of threats, rules of images, and threats have no image tags.',
    ],
    [
      'tags of images for types of threats',
      `suppressions:\n${suppression({ match: '{threatTypes: [x], imageTags: [x]}' })}`,
      '3:13 Rule a: no finding has all of this: vulnerabilities and packages are of vulnerabilities, threat types of threats, rules of images, and threats have no image tags.',
    ],
    [
      'a CVE that has not the form of one',
      `suppressions:\n${suppression({ match: '{vulnerabilities: [GHSA-1, CVE-24-1]}' })}`,
      '3:47 Rule a: `CVE-24-1` in `vulnerabilities` is no CVE id: they have a year and at least four digits, such as CVE-2024-6119.',
    ],
    ['a destination twice', 'routing: [{id: a, to: [slack, slack]}]', '2:31 Rule a: `slack` is here a second time.'],
    [
      'a mention of those whom nobody is told of',
      'thresholds: {chat: attend, mention: track}',
      '2:37 `mention: track` is milder than `chat: attend`, and nobody is told of what it adds.',
    ],
    [
      'text that is longer than a list may be',
      'tags: {criticality: criticality}',
      '2:21 `criticality: criticality` must be a list.',
    ],
    [
      'a merge key among the tags',
      'context: [{id: a, criticality: low, match: {resourceTags: {<<: {x: [y]}, team: [a]}}}]',
      '2:60 Merge keys, `<<`, are not taken here: write the keys out, or use an alias for a whole value.',
    ],
    [
      'a word that hides what it is',
      'defaults: {criticality: "\\e[31mhi\u200Bhg"}',
      '2:25 `criticality: hihg` must be low, medium or high.',
    ],
    [
      'a repository in capitals',
      'context: [{id: a, criticality: low, match: {repositories: [Payments]}}]',
      '2:60 Rule a: `Payments` in `repositories` matches no repository: their names have small letters, digits and . _ - / only, and * is any run of these.',
    ],
    [
      'a list that matches nothing',
      'context: [{id: a, criticality: low, match: {repositories: []}}]',
      '2:59 Rule a: `repositories` is empty: fill it, or remove the key.',
    ],
    [
      'tags that match everything',
      'context: [{id: a, criticality: low, match: {resourceTags: {}}}]',
      '2:59 Rule a: `resourceTags` is empty: it would match everything.',
    ],
    [
      'environments in a rule that says what they are',
      'context: [{id: a, criticality: low, match: {environments: [test]}}]',
      '2:45 Rule a: `environments` is not known here; known are accounts, regions, repositories, imageTags, resourceTags, kinds.',
    ],
    [
      'a context rule that says nothing',
      'context:\n  - id: a',
      '3:5 Rule a: this rule says nothing: give it a criticality, wellbeing or environment.',
    ],
    [
      '`from` for nobody',
      'routing: [{id: a, to: [], from: act}]',
      '2:27 Rule a: `from` has no effect: `to` names nobody.',
    ],
    [
      'decisions that are never told',
      'routing: [{id: a, match: {decisions: [track]}, to: [slack], from: act}]',
      '2:38 Rule a: this rule never tells anybody: its decisions are milder than act, the mildest that it tells.',
    ],
    [
      'decisions below the chat threshold',
      'thresholds: {chat: attend}\nrouting: [{id: a, match: {decisions: ["track*"]}, to: [slack]}]',
      '3:38 Rule a: this rule never tells anybody: its decisions are milder than attend, the mildest that it tells.',
    ],
    [
      'decisions below the threshold for images',
      'routing: [{id: a, match: {kinds: [image], decisions: ["track*"]}, to: [slack]}]',
      '2:54 Rule a: this rule never tells anybody: its decisions are milder than attend, the mildest that it tells.',
    ],
    [
      'a threshold for images that is no decision',
      'thresholds: {image: urgent}',
      '2:21 `image: urgent` must be track, track*, attend or act.',
    ],
    [
      'a due date that is no number',
      'dueDates: {act: soon}',
      '2:17 `act: soon` must be a number of days, or next-rebuild.',
    ],
    [
      'a milder decision that is due sooner',
      'dueDates: {attend: 2}',
      '2:20 attend would be due sooner (in 2 days) than act (in 3 days), which is worse.',
    ],
    [
      'a worse decision due after the built-in days of a milder one',
      'dueDates: {act: 20}',
      '2:17 attend would be due sooner (in 14 days) than act (in 20 days), which is worse.',
    ],
    [
      'a suppression of everything',
      `suppressions:\n${suppression({ match: '{environments: [test]}' })}`,
      `3:20 ${NAMES_NOTHING}`,
    ],
    [
      'a suppression of every repository',
      `suppressions:\n${suppression({ match: '{repositories: ["*"]}' })}`,
      `3:20 ${NAMES_NOTHING}`,
    ],
    [
      'a suppression of one package and every other',
      `suppressions:\n${suppression({ match: '{packages: [zlib, "**"]}' })}`,
      `3:20 ${NAMES_NOTHING}`,
    ],
    [
      'a suppression of all threats',
      `suppressions:\n${suppression({ match: '{threatTypes: ["***"], accounts: ["111122223333"]}' })}`,
      `3:20 ${NAMES_NOTHING}`,
    ],
    [
      'a suppression of all rules of images',
      `suppressions:\n${suppression({ match: '{rules: ["IMG-*"]}' })}`,
      `3:20 ${NAMES_NOTHING}`,
    ],
    ...['img-055', 'IMG-55', 'IMG055', '"IMG-0555*"', '"*-0*00*00"', 'root'].map((rule): [string, string, string] => [
      `${rule}, which is no rule about images`,
      `suppressions:\n${suppression({ match: `{rules: [${rule}]}` })}`,
      `3:29 Rule a: \`${rule.replaceAll('"', '')}\` in \`rules\` matches no rule about images: their ids are IMG- and three digits, such as IMG-055, and * is any run of these.`,
    ]),
    [
      'rules of images for threats',
      'routing: [{id: a, match: {kinds: [threat], rules: [IMG-001]}, to: []}]',
      '2:19 Rule a: no finding has all of this: vulnerabilities and packages are of vulnerabilities, threat types of threats, rules of images, and threats have no image tags.',
    ],
    [
      'rules of images for packages',
      `suppressions:\n${suppression({ match: '{rules: [IMG-001], packages: [a]}' })}`,
      '3:13 Rule a: no finding has all of this: vulnerabilities and packages are of vulnerabilities, threat types of threats, rules of images, and threats have no image tags.',
    ],
    [
      'decisions below the threshold for images, of a rule of images',
      'routing: [{id: a, match: {rules: [IMG-001], decisions: ["track*"]}, to: [slack]}]',
      '2:56 Rule a: this rule never tells anybody: its decisions are milder than attend, the mildest that it tells.',
    ],
    [
      'a route of one rule behind that of more',
      'routing:\n  - {id: a, match: {rules: ["IMG-02*"]}, to: []}\n  - {id: b, match: {rules: [IMG-022]}, to: [slack]}',
      '4:10 Rule b: this is never reached: rule a in line 3 matches everything that it matches.',
    ],
    [
      'a route of rules behind that of all about images',
      'routing:\n  - {id: a, match: {kinds: [image]}, to: []}\n  - {id: b, match: {rules: [IMG-022]}, to: [slack]}',
      '4:10 Rule b: this is never reached: rule a in line 3 matches everything that it matches.',
    ],
    [
      'a suppression whose reason nobody can see',
      `suppressions:\n${suppression({ reason: '"\u200B\u2060 \u202E"' })}`,
      '3:48 Rule a: `reason` is empty: fill it, or remove the key.',
    ],
    [
      'a suppression whose reason is a colour',
      `suppressions:\n${suppression({ reason: '"\\e[31m\\a"' })}`,
      '3:48 Rule a: `reason` is empty: fill it, or remove the key.',
    ],
    [
      'a suppression of an owner whom nobody can see',
      'suppressions:\n  - {id: a, match: {packages: [a]}, reason: x, owner: "\u00AD", expires: 2027-01-31}',
      '3:55 Rule a: `owner` is empty: fill it, or remove the key.',
    ],
    [
      'an id that nobody can see',
      'routing: [{id: "\u200B", to: []}]',
      '2:16 Rule 1 of `routing`: `id` must be 1 to 63 small letters, digits and hyphens.',
    ],
    [
      'an id with a character that nobody can see',
      'routing: [{id: "a\u200B", to: []}]',
      '2:16 Rule 1 of `routing`: `id: a` must be 1 to 63 small letters, digits and hyphens.',
    ],
    [
      'an id with a line break',
      'routing: [{id: "a\\n", to: []}]',
      '2:16 Rule 1 of `routing`: `id: a` must be 1 to 63 small letters, digits and hyphens.',
    ],
    ['a section that is a part of every object', '__proto__: {}', '2:1 `__proto__` cannot be a key.'],
    [
      'a dimension that is a part of every object',
      `suppressions:\n${suppression({ match: '{__proto__: [a]}' })}`,
      '3:21 `__proto__` cannot be a key.',
    ],
    [
      'no tag but one that is a part of every object',
      'context: [{id: a, criticality: low, match: {resourceTags: {__proto__: [x]}}}]',
      '2:60 `__proto__` cannot be a key.',
    ],
    [
      'a suppression without a reason',
      `suppressions:\n${suppression({ reason: '""' })}`,
      '3:48 Rule a: `reason` is empty: fill it, or remove the key.',
    ],
    [
      'a suppression that has expired',
      `suppressions:\n${suppression({ expires: '2026-11-19' })}`,
      '3:71 Rule a: this suppression expired on 2026-11-19: renew it, or delete it.',
    ],
    [
      'a suppression for more than a year',
      `suppressions:\n${suppression({ expires: '2027-11-21' })}`,
      '3:71 Rule a: an accepted risk is looked at once a year: this may expire on 2027-11-20 at the latest.',
    ],
    [
      'a day that does not exist',
      `suppressions:\n${suppression({ expires: '2027-02-29' })}`,
      '3:71 Rule a: `expires: 2027-02-29` must be a day such as 2027-01-31.',
    ],
    [
      'a pattern of vulnerabilities',
      `suppressions:\n${suppression({ match: '{vulnerabilities: ["CVE-2024-*"]}' })}`,
      '3:39 Rule a: `CVE-2024-*` in `vulnerabilities` must be an id such as CVE-2024-6119; patterns are not taken here.',
    ],
    [
      'packages of a threat',
      `suppressions:\n${suppression({ match: '{packages: [a], kinds: [threat]}' })}`,
      '3:13 Rule a: no finding has all of this: vulnerabilities and packages are of vulnerabilities, threat types of threats, rules of images, and threats have no image tags.',
    ],
    [
      'an id that another list has',
      `routing: [{id: a, to: []}]\nsuppressions:\n${suppression({})}`,
      '4:10 Rule a: the id a is taken by what begins in line 2.',
    ],
    [
      'two signing keys of one name',
      'signing:\n  keys:\n    - {id: a, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef"}\n    - {id: a, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef"}',
      '5:12 Key a: the id a is taken by what begins in line 4.',
    ],
    [
      'a signing key without a key',
      'signing: {keys: [{id: a}]}',
      '2:18 Key a: a key must have one of publicKey and kmsKeyArn.',
    ],
    [
      'a signing key that is not PEM',
      'signing: {keys: [{id: a, publicKey: abc}]}',
      '2:26 Key a: this is no public key in PEM, from BEGIN PUBLIC KEY to END PUBLIC KEY.',
    ],
    [
      'a private key',
      'signing: {keys: [{id: a, publicKey: "-----BEGIN PRIVATE KEY-----"}]}',
      '2:26 Key a: this is a private key: put its public half here, and replace the key.',
    ],
    [
      'an alias of a KMS key',
      'signing: {keys: [{id: a, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/release"}]}',
      '2:37 Key a: `kmsKeyArn: arn:aws:kms:eu-west-1:111122223333:alias/release` must be the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID.',
    ],
    ['no base allowed', 'bases: {allowed: []}', '2:18 `allowed` is empty: fill it, or remove the key.'],
  ])('has %s', (_title, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each<[string, string, string]>([
    ['all', '{}', '{repositories: [a]}'],
    ['a wider pattern', '{repositories: ["pay*"]}', '{repositories: [payments, "pay-*"]}'],
    ['fewer dimensions', '{accounts: ["111122223333"]}', '{accounts: ["111122223333"], kinds: [threat]}'],
    ['more values', '{kinds: [threat, vulnerability]}', '{kinds: [threat]}'],
    ['every kind', '{kinds: [image, threat, vulnerability]}', '{}'],
    ['any value of a tag', '{resourceTags: {team: ["*"]}}', '{resourceTags: {team: [a], tier: [b]}}'],
  ])('has a rule behind one that matches %s', (_title, earlier, later) => {
    const rules = `  - {id: a, match: ${earlier}, criticality: low}\n  - {id: b, match: ${later}, criticality: high}`;
    expect(problemsOf(`context:\n${rules}`)).toEqual([
      '4:10 Rule b: this is never reached: rule a in line 3 matches everything that it matches.',
    ]);
  });

  it.each<[string, string, string]>([
    ['a narrower pattern', '{repositories: [payments]}', '{repositories: ["pay*"]}'],
    ['another dimension', '{accounts: ["111122223333"]}', '{kinds: [threat]}'],
    ['a tag more', '{resourceTags: {team: [a], tier: [b]}}', '{resourceTags: {team: [a]}}'],
  ])('may have a rule behind one that matches %s', (_title, earlier, later) => {
    const rules = `  - {id: a, match: ${earlier}, criticality: low}\n  - {id: b, match: ${later}, criticality: high}`;
    expect(problemsOf(`context:\n${rules}`)).toEqual([]);
  });

  it('has a key between braces without the space behind its colon', () => {
    expect(problemsOf('context: [{id:a, criticality: low}]')).toEqual([
      '2:11 Rule 1 of `context`: `id` is missing.',
      '2:12 Rule 1 of `context`: `id:a` is not known here: a space is missing after the colon of `id:`.',
    ]);
  });

  it('has a suppression that an earlier one outlasts', () => {
    const two = suppression({ expires: '2027-06-01' }) + suppression({ id: 'b', expires: '2027-06-01' });
    expect(problemsOf(`suppressions:\n${two}`)).toEqual([
      '4:10 Rule b: this is never reached: rule a in line 3 matches everything that it matches.',
    ]);
  });

  it('does not take a rule with a slip for one that matches everything', () => {
    expect(problemsOf('routing:\n  - {id: a, mach: {}, to: []}\n  - {id: b, to: [slack]}')).toEqual([
      '3:13 Rule a: `mach` is not known here; did you mean `match`?',
    ]);
  });

  it('is told all that is wrong at once, in the order of the file', () => {
    const text = `defaults:
  criticality: hihg
context:
  - id: a
    criticality: high
  - id: a
    match: {repositories: [x]}
    wellbeing: none
thresholds: {chat: acte}
suppressions:
${suppression({ id: 'a', match: '{}', reason: '7', expires: '2020-01-01' })}floor: bod`;
    expect(problemsOf(text).map((problem) => problem.split(' ')[0])).toEqual([
      '3:16',
      '7:9',
      '7:9',
      '9:16',
      '10:20',
      '12:10',
      '12:20',
      '12:32',
      '12:55',
      '13:8',
    ]);
  });

  it('is refused, and nothing is thrown, whatever the text', () => {
    const pieces = fc.constantFrom(
      'version: 1\n',
      'context:\n',
      '  - id: a\n',
      '    match: ',
      '{',
      '}',
      '[',
      ']',
      '*a',
      '&a ',
      '*',
      ': ',
      '\n',
      '- ',
      '\t',
      '"',
      "'",
      '|\n',
      '!!set ',
      '? ',
      '---\n',
      '#',
      'suppressions: ',
      'expires',
      'null',
      '~',
      '1',
      'kinds: ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const policy = parsePolicy(parts.join(''), TODAY);
        if (policy.ok) return;
        expect(policy.error.length).toBeGreaterThan(0);
        for (const { line, column, message } of policy.error) {
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
          expect(message).toMatch(/^[^\n]+[.?]$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
