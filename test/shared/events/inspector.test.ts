import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { parseEnvelope } from '../../../shared/events/envelope.ts';
import { vulnerabilityFromEvent } from '../../../shared/events/inspector.ts';
import { baseEvent, refusalOf } from './base-event.ts';

type Changes = Readonly<Record<string, unknown>>;

const vulnerability = (changes: Changes = {}) =>
  vulnerabilityFromEvent(parseEnvelope(baseEvent('inspector-finding', changes)));

const DIGEST = 'sha256:1111111111111111111111111111111111111111111111111111111111111111';
const IMAGE = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'shop/checkout',
  digest: DIGEST,
};
const REPOSITORY = 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout';
const SHORTENED = `${REPOSITORY}/sha256:111EXAMPLE`;
const UNKNOWN = {
  known: false,
  reason: "the finding's image digest is no sha256 digest",
  resourceId: SHORTENED,
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'shop/checkout',
};
/** SHA-256 over `<length>:<text>` of the finding's ARN and the image's ARN. */
const KEY = 'inspector2-1400c2183d8e67711f77a28e66351dc7d41c1eb0';
const RESOURCE = 'detail.resources.0';
const DETAILS = `${RESOURCE}.details.awsEcrContainerImage`;
const VULNERABILITY = 'detail.packageVulnerabilityDetails';
const PACKAGE = `${VULNERABILITY}.vulnerablePackages.0`;

describe('vulnerabilityFromEvent', () => {
  it('carries over everything that is said of the finding', () => {
    expect(vulnerability()).toEqual({
      kind: 'vulnerability',
      key: KEY,
      source: 'inspector2',
      sourceId: 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
      image: known(IMAGE),
      tags: ['2026.3.1', 'latest'],
      status: 'active',
      title: 'CVE-2026-10001 - libexample3, org.example:example',
      description: 'A length that the peer controls is used before it is checked.',
      vulnerabilityId: 'CVE-2026-10001',
      relatedIds: ['EXAMPLE-2026-1'],
      sourceUrl: 'https://security-tracker.debian.org/tracker/CVE-2026-10001',
      severity: 'CRITICAL',
      packages: [
        {
          name: 'libexample3',
          version: '3.0.17',
          epoch: 0,
          release: '1~deb12u4',
          packageManager: 'OS',
          fixedInVersion: '0:3.0.20-1~deb12u1',
          remediation: 'apt-get update && apt-get upgrade',
          layer: 'sha256:2222222222222222222222222222222222222222222222222222222222222222',
        },
        {
          name: 'org.example:example',
          version: '4.1',
          epoch: 0,
          packageManager: 'JAVA',
          filePath: 'app/lib/example-4.1.jar',
        },
      ],
      cvss: [
        { version: '3.1', score: 8.6, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:H', source: 'NVD' },
        {
          version: '4.0',
          score: 9.3,
          vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
          source: 'GITHUB',
        },
        { version: '3.1', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', source: 'NVD' },
      ],
      exploitAvailable: true,
      lastKnownExploitAt: '2026-03-01T04:00:00.000Z',
      epss: 0.61,
      fixAvailable: 'YES',
      remediation: 'Update the package.',
      inUseCount: 2,
      resourceTags: {},
      firstObservedAt: '2026-03-02T09:19:58.120Z',
      lastObservedAt: '2026-03-02T09:20:03.450Z',
      updatedAt: '2026-03-02T09:20:05.900Z',
    });
  });

  it('keeps the key over updates, and gives another image another key', () => {
    const other = { [`${RESOURCE}.id`]: `arn:aws:ecr:eu-west-1:111122223333:repository/shop/cart/${DIGEST}` };
    expect(vulnerability().key).toBe(KEY);
    expect(vulnerability({ 'detail.status': 'CLOSED', 'detail.title': 'new', id: 'other' }).key).toBe(KEY);
    expect(vulnerability(other).key).toBe('inspector2-6f0837cfb062244c4b0e37f44bf459fa06bf9dd6');
  });

  it.each([
    ['title', 'title', 'CVE-2026-10001'],
    ['description', 'description', 'CVE-2026-10001 - libexample3, org.example:example'],
    ['severity', 'severity', 'UNTRIAGED'],
  ] as const)('stands in for a missing %s', (_what, field, expected) => {
    expect(vulnerability({ [`detail.${field}`]: undefined })[field]).toBe(expected);
    expect(vulnerability({ [`detail.${field}`]: null })[field]).toBe(expected);
  });

  it.each([
    ['sourceUrl', `${VULNERABILITY}.sourceUrl`],
    ['exploitAvailable', 'detail.exploitAvailable'],
    ['lastKnownExploitAt', 'detail.exploitabilityDetails'],
    ['lastKnownExploitAt', 'detail.exploitabilityDetails.lastKnownExploitAt'],
    ['epss', 'detail.epss'],
    ['epss', 'detail.epss.score'],
    ['fixAvailable', 'detail.fixAvailable'],
    ['remediation', 'detail.remediation'],
    ['remediation', 'detail.remediation.recommendation'],
    ['remediation', 'detail.remediation.recommendation.text'],
    ['inUseCount', `${DETAILS}.inUseCount`],
    ['inUseCount', `${RESOURCE}.details`],
  ])('leaves out %s when %s is missing or null', (property, path) => {
    expect(vulnerability({ [path]: undefined })).not.toHaveProperty(property);
    expect(vulnerability({ [path]: null })).not.toHaveProperty(property);
  });

  it.each([
    ['tags', `${DETAILS}.imageTags`],
    ['packages', `${VULNERABILITY}.vulnerablePackages`],
    ['relatedIds', `${VULNERABILITY}.relatedVulnerabilities`],
  ] as const)('reads missing %s as none', (property, path) => {
    expect(vulnerability({ [path]: undefined })[property]).toEqual([]);
    expect(vulnerability({ [path]: null })[property]).toEqual([]);
  });

  it.each([
    ['fixedInVersion', 'fixedInVersion', 'NotAvailable'],
    ['fixedInVersion', 'fixedInVersion', null],
    ['remediation', 'remediation', 'NotAvailable'],
    ['layer', 'sourceLayerHash', 'sha256:2222EXAMPLE'],
    ['layer', 'sourceLayerHash', null],
    ['packageManager', 'packageManager', null],
    ['filePath', 'filePath', null],
  ])('leaves out the %s of a package whose %s is %j', (property, field, value) => {
    expect(vulnerability({ [`${PACKAGE}.${field}`]: value }).packages[0]).not.toHaveProperty(property);
  });

  it('reads "None Provided" as no remediation', () => {
    expect(vulnerability({ 'detail.remediation.recommendation.text': 'None Provided' })).not.toHaveProperty(
      'remediation',
    );
  });

  it.each([
    ['no score of its own', { 'detail.inspectorScoreDetails': undefined }, ['GITHUB', 'NVD']],
    ['a null score of its own', { 'detail.inspectorScoreDetails.adjustedCvss': null }, ['GITHUB', 'NVD']],
    ['no scores of the sources', { [`${VULNERABILITY}.cvss`]: [] }, ['NVD']],
    ['null for the sources', { [`${VULNERABILITY}.cvss`]: null }, ['NVD']],
    ['neither', { 'detail.inspectorScoreDetails': null, [`${VULNERABILITY}.cvss`]: undefined }, []],
  ])('takes a finding with %s', (_what, changes, sources) => {
    expect(vulnerability(changes as Changes).cvss.map(({ source }) => source)).toEqual(sources);
  });

  it.each<[string, string, number]>([
    ['2.0', 'AV:N/AC:L/Au:N/C:P/I:P/A:P', 7.5],
    ['3.0', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['3.1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['4.0', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/AU:Y', 9.3],
  ])(
    'keeps the score of a source in CVSS %s with its vector, and Inspector’s own before it',
    (version, vector, score) => {
      const own = { version, score: 5.5, scoringVector: vector, cvssSource: 'REDHAT_CVE', scoreSource: 'INSPECTOR' };
      const changes = {
        'detail.inspectorScoreDetails.adjustedCvss': own,
        [`${VULNERABILITY}.cvss`]: [{ version, baseScore: score, scoringVector: vector, source: 'NVD' }],
      };
      expect(vulnerability(changes).cvss).toEqual([
        { version, score: 5.5, vector, source: 'REDHAT_CVE' },
        { version, score, vector, source: 'NVD' },
      ]);
    },
  );

  it('keeps a score without a vector and a source', () => {
    const changes = {
      'detail.inspectorScoreDetails.adjustedCvss': {
        version: '3.1',
        score: 5.5,
        scoringVector: null,
        scoreSource: 'NVD',
      },
      [`${VULNERABILITY}.cvss`]: [{ version: '3.1', baseScore: 6.1, source: null }],
    };
    expect(vulnerability(changes).cvss).toEqual([
      { version: '3.1', score: 5.5, source: 'NVD' },
      { version: '3.1', score: 6.1 },
    ]);
  });

  it.each(['no', 'MAYBE', ''])('does not know of an exploit where Inspector says %j', (said) => {
    expect(vulnerability({ 'detail.exploitAvailable': said })).not.toHaveProperty('exploitAvailable');
  });

  it.each([61, 1.01, -0.1])('leaves out %d, which is no probability', (score) => {
    expect(vulnerability({ 'detail.epss.score': score })).not.toHaveProperty('epss');
  });

  it('leaves out when an exploit was last known in a form not known yet', () => {
    const changes = { 'detail.exploitabilityDetails.lastKnownExploitAt': 'last week' };
    expect(vulnerability(changes)).not.toHaveProperty('lastKnownExploitAt');
  });

  it('keeps the tags of the image that it is about', () => {
    const image = { type: 'AWS_ECR_CONTAINER_IMAGE', id: `${REPOSITORY}/${DIGEST}`, tags: { team: 'shop', env: '' } };
    const resources = [{ type: 'AWS_EC2_INSTANCE', id: 'i-1', tags: { team: 'other' } }, image];
    expect(vulnerability({ 'detail.resources': resources }).resourceTags).toEqual({ team: 'shop', env: '' });
  });

  it.each([undefined, null, 'team=shop', 7, ['team'], [{ key: 'team', value: 'shop' }]])(
    'reads %j as no tags',
    (tags) => {
      expect(vulnerability({ [`${RESOURCE}.tags`]: tags }).resourceTags).toEqual({});
    },
  );

  it.each([
    ['ACTIVE', 'active'],
    ['SUPPRESSED', 'suppressed'],
    ['CLOSED', 'closed'],
  ])('reads the status %s as %s', (status, expected) => {
    expect(vulnerability({ 'detail.status': status }).status).toBe(expected);
  });

  it.each([
    ['exploitAvailable NO', { 'detail.exploitAvailable': 'NO' }, { exploitAvailable: false }],
    ['fixAvailable PARTIAL', { 'detail.fixAvailable': 'PARTIAL' }, { fixAvailable: 'PARTIAL' }],
    ['a severity that nobody knows yet', { 'detail.severity': 'EXTREME' }, { severity: 'UNTRIAGED' }],
    [
      'an exploit in epoch seconds',
      { 'detail.exploitabilityDetails.lastKnownExploitAt': 1748539687.919 },
      { lastKnownExploitAt: '2025-05-29T17:28:07.919Z' },
    ],
    ['a probability of 0', { 'detail.epss.score': 0 }, { epss: 0 }],
    ['a probability of 1', { 'detail.epss.score': 1 }, { epss: 1 }],
    ['an in-use count of zero', { [`${DETAILS}.inUseCount`]: 0 }, { inUseCount: 0 }],
  ])('reads %s', (_what, changes, expected) => {
    expect(vulnerability(changes as Changes)).toMatchObject(expected);
  });

  it.each([
    [
      'an update without a time is as new as the last observation',
      { 'detail.updatedAt': undefined },
      ['2026-03-02T09:19:58.120Z', '2026-03-02T09:20:03.450Z', '2026-03-02T09:20:03.450Z'],
    ],
    [
      'an update in a form not known yet is as new as the last observation',
      { 'detail.updatedAt': 'a quarter past nine' },
      ['2026-03-02T09:19:58.120Z', '2026-03-02T09:20:03.450Z', '2026-03-02T09:20:03.450Z'],
    ],
    [
      'a finding without any time is as old as its event',
      { 'detail.updatedAt': null, 'detail.lastObservedAt': null, 'detail.firstObservedAt': null },
      ['2026-03-02T09:20:11.000Z', '2026-03-02T09:20:11.000Z', '2026-03-02T09:20:11.000Z'],
    ],
    [
      'epoch seconds are read too',
      { 'detail.updatedAt': 1748539687.919, 'detail.lastObservedAt': 1748539687, 'detail.firstObservedAt': 1748539600 },
      ['2025-05-29T17:26:40.000Z', '2025-05-29T17:28:07.000Z', '2025-05-29T17:28:07.919Z'],
    ],
  ])('%s', (_fact, changes, expected) => {
    const { firstObservedAt, lastObservedAt, updatedAt } = vulnerability(changes);
    expect([firstObservedAt, lastObservedAt, updatedAt]).toEqual(expected);
  });

  it.each([
    ['by its ARN alone', { [`${RESOURCE}.details`]: null }],
    ['by its details when the id is no ARN', { [`${RESOURCE}.id`]: 'checkout' }],
    ['by its details when there is no id', { [`${RESOURCE}.id`]: null, [`${RESOURCE}.region`]: null }],
    [
      'by its details when Region and partition are N/A',
      { [`${RESOURCE}.id`]: 'x', [`${RESOURCE}.region`]: 'N/A', [`${RESOURCE}.partition`]: 'N/A' },
    ],
    [
      'by the account of the finding',
      { [`${RESOURCE}.id`]: 'x', [`${DETAILS}.registry`]: null, account: '999999999999' },
    ],
    [
      'by the account of the event',
      { [`${RESOURCE}.id`]: 'x', [`${DETAILS}.registry`]: '', 'detail.awsAccountId': null },
    ],
    [
      'by the account of the event where that of the finding is none',
      { [`${RESOURCE}.id`]: 'x', [`${DETAILS}.registry`]: '', 'detail.awsAccountId': 'mine' },
    ],
    ['by its ARN when the digest of its details is none', { [`${DETAILS}.imageHash`]: 'sha256:111EXAMPLE' }],
    ['by its details when the digest of its ARN is none', { [`${RESOURCE}.id`]: SHORTENED }],
    [
      'by the repository of its ARN and the digest of its details',
      { [`${RESOURCE}.id`]: SHORTENED, [`${DETAILS}.repositoryName`]: null },
    ],
    [
      'by the digest of its id and the repository of its details',
      { [`${RESOURCE}.id`]: `checkout/${DIGEST}`, [`${DETAILS}.imageHash`]: null },
    ],
  ])('finds the image %s', (_how, changes) => {
    expect(vulnerability(changes).image).toEqual(known(IMAGE));
  });

  it.each<[string, unknown]>([
    ['no digest', undefined],
    ['null for a digest', null],
    ['an empty digest', ''],
    ['60 digits', `sha256:${'1'.repeat(60)}`],
    ['a digest that ends in EXAMPLE', `sha256:${'1'.repeat(57)}EXAMPLE`],
    ['another algorithm', `sha512:${'1'.repeat(128)}`],
    ['a number for a digest', 1111],
    ['an object for a digest', { sha256: '1'.repeat(64) }],
  ])('takes a finding with %s for one of an image that is not known', (_what, imageHash) => {
    const finding = vulnerability({ [`${RESOURCE}.id`]: SHORTENED, [`${DETAILS}.imageHash`]: imageHash });
    expect(finding).toMatchObject({ tags: ['2026.3.1', 'latest'], vulnerabilityId: 'CVE-2026-10001', inUseCount: 2 });
    expect(finding.image).toEqual(UNKNOWN);
  });

  const NO_DIGEST = { [`${DETAILS}.imageHash`]: null };
  it.each<[string, Changes, Partial<typeof UNKNOWN>]>([
    ['its id', { ...NO_DIGEST, [`${RESOURCE}.id`]: 'checkout' }, { resourceId: 'checkout' }],
    [
      'the ARN of its repository, where that is its id',
      { ...NO_DIGEST, [`${RESOURCE}.id`]: REPOSITORY, [`${RESOURCE}.details`]: null },
      { resourceId: REPOSITORY },
    ],
    [
      'the ARN of its repository, without an id',
      { ...NO_DIGEST, [`${RESOURCE}.id`]: null },
      { resourceId: REPOSITORY },
    ],
    [
      'the same as by its id, where the digest is all that is left of that',
      { [`${RESOURCE}.id`]: '', [`${DETAILS}.imageHash`]: 'sha256:111EXAMPLE' },
      { resourceId: SHORTENED },
    ],
    [
      'its partition and Region by its repository',
      { ...NO_DIGEST, [`${RESOURCE}.id`]: 'checkout', [`${RESOURCE}.region`]: 'cn-north-1' },
      { resourceId: 'checkout', partition: 'aws-cn', region: 'cn-north-1' },
    ],
  ])('names an image that is not known by %s', (_what, changes, named) => {
    expect(vulnerability(changes).image).toEqual({ ...UNKNOWN, ...named });
  });

  it.each<[string, Changes, string]>([
    ['a digest', { [`${DETAILS}.imageHash`]: 'sha256:1' }, "the finding's image digest is no sha256 digest"],
    ['a repository', {}, 'the finding does not say which repository its image is in'],
  ])(
    'names an image without a repository by its id and the place of its finding, and says that %s is missing',
    (_what, changes, reason) => {
      const nowhere = { [`${RESOURCE}.id`]: 'checkout', [`${DETAILS}.repositoryName`]: 'Shop Checkout' };
      expect(vulnerability({ ...nowhere, ...changes, region: 'us-gov-west-1' }).image).toEqual({
        known: false,
        reason,
        resourceId: 'checkout',
        partition: 'aws-us-gov',
        account: '111122223333',
        region: 'us-gov-west-1',
      });
    },
  );

  it('keeps the key of a finding whose image is not known over updates, and gives another image another key', () => {
    const lost = { ...NO_DIGEST, [`${RESOURCE}.id`]: SHORTENED };
    const other = { ...NO_DIGEST, [`${RESOURCE}.id`]: SHORTENED.replace('checkout', 'cart') };
    expect(vulnerability(lost).key).toBe('inspector2-041c20f052caeb0aeab77ebf575a2356055d875d');
    expect(vulnerability({ ...lost, 'detail.status': 'CLOSED', [`${DETAILS}.imageTags`]: null }).key).toBe(
      'inspector2-041c20f052caeb0aeab77ebf575a2356055d875d',
    );
    expect(vulnerability(other).key).toBe('inspector2-70ef6633e397b5499fb29fcad26b2878c4f23008');
  });

  it.each([
    [
      'a finding about no ECR image',
      { [`${RESOURCE}.type`]: 'AWS_EC2_INSTANCE' },
      'detail.resources[].id of an ECR image',
    ],
    ['a finding without resources', { 'detail.resources': [] }, 'detail.resources[].id of an ECR image'],
    [
      'an image that neither id nor details name',
      { [`${RESOURCE}.id`]: null, [`${DETAILS}.repositoryName`]: null },
      'detail.resources[].id of an ECR image',
    ],
    [
      'an image without id and details',
      { [`${RESOURCE}.id`]: ' \u200B\n', [`${RESOURCE}.details`]: null },
      'detail.resources[].id of an ECR image',
    ],
    [
      'an image whose id is a number, in a repository that is none',
      { [`${RESOURCE}.id`]: 7, [`${DETAILS}.repositoryName`]: '../checkout' },
      'detail.resources[].id of an ECR image',
    ],
    ['a finding that lists null as its resources', { 'detail.resources': null }, 'detail.resources'],
    ['a status that nobody knows yet', { 'detail.status': 'REOPENED' }, 'detail.status'],
    ['a missing status', { 'detail.status': undefined }, 'detail.status'],
    ['a missing findingArn', { 'detail.findingArn': undefined }, 'detail.findingArn'],
    ['a findingArn that is no ARN', { 'detail.findingArn': 'finding/1' }, 'detail.findingArn'],
    ['a finding of another type', { 'detail.type': 'NETWORK_REACHABILITY' }, 'detail.type'],
    ['a finding without its vulnerability', { [VULNERABILITY]: undefined }, VULNERABILITY],
    ['an empty vulnerability id', { [`${VULNERABILITY}.vulnerabilityId`]: '' }, `${VULNERABILITY}.vulnerabilityId`],
    ['a package without a name', { [`${PACKAGE}.name`]: null }, `${PACKAGE}.name`],
    ['a score that is no number', { 'detail.epss.score': 'high' }, 'detail.epss.score'],
  ])('refuses %s', (_what, changes, field) => {
    expect(refusalOf(() => vulnerability(changes as Changes))).toBe(`EVENT_INVALID: The event has no usable ${field}.`);
  });

  it('refuses an event of another kind', () => {
    expect(refusalOf(() => vulnerability({ 'detail-type': 'Inspector2 Scan' }))).toBe(
      'EVENT_INVALID: The event is no "Inspector2 Finding" of aws.inspector2.',
    );
  });

  it('keeps hostile text as it came', () => {
    const title = '<!channel> \u202E*bold* <https://evil.example|click>';
    expect(vulnerability({ 'detail.title': title }).title).toBe(title);
  });
});
