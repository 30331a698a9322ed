import { describe, expect, it } from 'vitest';
import { asffFromDecided } from '../../../shared/asff/asff-from-decided.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import { enrichImageIssue } from '../../../shared/enrichment/enrich-image-issue.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import type { ImageIssue, Threat, Vulnerability } from '../../../shared/finding/finding.ts';
import { decide } from '../../../shared/priority/decide.ts';
import { type DecisionChange, decidedFrom, enrichedIssue, enrichedThreat } from '../../support/decided.ts';
import { enriched, TERMS } from '../../support/enriched.ts';
import {
  CHECKOUT,
  digest,
  IMAGE,
  IMAGE_ISSUE,
  ON_FARGATE,
  OPENSSL,
  THREAT,
  UNKNOWN_IMAGE,
  UNSEEN,
  VULNERABILITY,
} from '../enrichment/findings.ts';

const HUB = { account: '999988887777', region: 'eu-west-1', partition: 'aws' };
const NOW = '2026-03-03T00:00:00.000Z';

const asff = (finding: EnrichedFinding, change: DecisionChange = {}) =>
  asffFromDecided(decidedFrom(finding, change), HUB, NOW);
const vulnerability = (finding: Partial<Vulnerability> = {}, change: DecisionChange = {}) =>
  asff(enriched(finding), change);
const threat = (finding: Partial<Threat> = {}) => asff(enrichedThreat(finding));

describe('asffFromDecided', () => {
  it('renders a vulnerability', () => {
    expect(vulnerability()).toEqual({
      SchemaVersion: '2018-10-08',
      Id: `sekisho/${VULNERABILITY.key}`,
      ProductArn: 'arn:aws:securityhub:eu-west-1:999988887777:product/999988887777/default',
      ProductName: 'Sekisho',
      CompanyName: 'Sekisho',
      AwsAccountId: '999988887777',
      GeneratorId: 'sekisho/vulnerability',
      Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      FirstObservedAt: '2026-03-01T10:00:00.000Z',
      LastObservedAt: '2026-03-02T10:00:00.000Z',
      CreatedAt: '2026-03-01T10:00:00.000Z',
      UpdatedAt: '2026-03-03T00:00:00.000Z',
      Title: 'CVE-2024-6119 in openssl (shop/checkout:1.4)',
      Description:
        'Track: no exploit is known, it gives only partial control; runs on ECS Fargate (VM boundary). Runs in service:checkout on ECS Fargate. A possible denial of service in X.509 name checks.',
      Remediation: {
        Recommendation: {
          Text: 'In instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`): upgrade openssl 3.0.11 → 3.0.13, and rebuild.',
        },
      },
      ProductFields: {
        'sekisho/decision': 'track',
        'sekisho/score': '17',
        'sekisho/base': 'track',
        'sekisho/factors': 'severity=19, exploitation=0, epss=1, exposure=10, isolation=5, asset=6',
        'sekisho/scheme': 'vulnerability-v1+cisa-coordinator-2.0.3',
        'sekisho/policy': 'built-in',
        'sekisho/reason':
          'Track: no exploit is known, it gives only partial control; runs on ECS Fargate (VM boundary)',
        'sekisho/points':
          'Exploitation=none (CISA’s list of known exploited vulnerabilities was never loaded, possible: none, public poc, active); Automatable=yes (by its CVSS vector); System Exposure=unknown (nobody says where it listens, possible: small, controlled, open)',
        'sekisho/worst-possible': 'attend if it is exploited in the wild',
        'sekisho/due-because': 'with the next rebuild, by the policy',
        'sekisho/bod-26-04': '60 days',
        'sekisho/references':
          'NIST SP 800-190 3.1.1 Image vulnerabilities; CIS Docker Benchmark 1.6.0 4.4 Ensure images are scanned and rebuilt to include security patches',
        'sekisho/fix': 'upgrade-packages',
        'sekisho/instruction': '5: RUN apt-get install -y openssl',
        'sekisho/instruction-origin': 'app',
        'sekisho/layer': `sha256:${'3'.repeat(64)}`,
        'sekisho/workloads': 'service:checkout on ECS Fargate',
        'sekisho/launch-types': 'FARGATE',
        'sekisho/isolation': 'moderate',
        'sekisho/remaining-barriers': 'CAPS, SECCOMP, NS, FS, HOSTOS, VM',
        'sekisho/unknowns': 'exposure is not known; CISA’s list of known exploited vulnerabilities was never loaded',
        'sekisho/source-finding': 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
        'sekisho/source-status': 'active',
      },
      Compliance: { RelatedRequirements: ['NIST SP 800-190 3.1.1', 'CIS Docker Benchmark 1.6.0 4.4'] },
      Resources: [
        {
          Type: 'AwsEcrContainerImage',
          Id: `arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`,
          Partition: 'aws',
          Region: 'eu-west-1',
          Details: {
            AwsEcrContainerImage: {
              RegistryId: '111122223333',
              RepositoryName: 'shop/checkout',
              Architecture: 'arm64',
              ImageDigest: `sha256:${'a'.repeat(64)}`,
              ImageTags: ['1.4'],
            },
          },
        },
      ],
      Vulnerabilities: [
        {
          Id: 'CVE-2024-6119',
          VulnerablePackages: [
            {
              Name: 'openssl',
              Version: '3.0.11',
              PackageManager: 'OS',
              FixedInVersion: '3.0.13',
              SourceLayerHash: `sha256:${'3'.repeat(64)}`,
            },
          ],
          Cvss: [
            {
              Version: '3.1',
              BaseScore: 7.5,
              BaseVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
              Source: 'NVD',
            },
          ],
          ReferenceUrls: ['https://nvd.nist.gov/vuln/detail/CVE-2024-6119'],
          FixAvailable: 'YES',
          ExploitAvailable: 'NO',
          EpssScore: 0.02,
        },
      ],
      RecordState: 'ACTIVE',
      FindingProviderFields: {
        Severity: { Label: 'LOW', Original: 'SSVC=track;score=17;v=1' },
        Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      },
    });
  });

  it.each([
    ['active', 'ACTIVE'],
    ['suppressed', 'ARCHIVED'],
    ['closed', 'ARCHIVED'],
  ] as const)('a finding that is %s at its source is %s', (status, state) => {
    const finding = vulnerability({ status });
    expect([finding.RecordState, finding.ProductFields?.['sekisho/source-status']]).toEqual([state, status]);
  });

  const SUPPRESSED = {
    rule: 'no-x509',
    reason: 'The name checks are not used.',
    owner: 'shop',
    expires: '2027-01-31',
  };

  it('is archived when the policy suppresses it, and says by which rule, why, by whom and until when', () => {
    const finding = vulnerability({}, { handling: { suppressed: SUPPRESSED, destinations: [] } });
    expect(finding.RecordState).toBe('ARCHIVED');
    expect(finding.ProductFields).toMatchObject({
      'sekisho/suppressed-by': 'no-x509',
      'sekisho/suppressed-reason': 'The name checks are not used.',
      'sekisho/suppressed-owner': 'shop',
      'sekisho/suppressed-until': '2027-01-31',
      'sekisho/source-status': 'active',
    });
  });

  it('says by when it is due, and whose days these are', () => {
    const due = { on: '2026-03-15', because: '14 days by the policy, from 2026-03-01, when it was first observed' };
    expect(vulnerability({}, { decision: { due } }).ProductFields).toMatchObject({
      'sekisho/due-on': '2026-03-15',
      'sekisho/due-because': '14 days by the policy, from 2026-03-01, when it was first observed',
    });
  });

  it('has no requirements where no clause is known to be about it', () => {
    const finding = vulnerability({}, { decision: { references: [] } });
    expect(finding).not.toHaveProperty('Compliance');
    expect(finding.ProductFields).not.toHaveProperty('sekisho/references');
  });

  it('keeps the points within a field', () => {
    const points = Array.from({ length: 40 }, () => ({ name: 'x', possible: ['y'], evidence: 'z'.repeat(100) }));
    expect(vulnerability({}, { decision: { points } }).ProductFields?.['sekisho/points']).toHaveLength(2048);
  });

  it.each<[string, Partial<Vulnerability>, string]>([
    ['the digest without a tag', { tags: [] }, `CVE-2024-6119 in openssl (shop/checkout@sha256:${'a'.repeat(64)})`],
    [
      'how many packages more',
      { packages: [OPENSSL, OPENSSL, { ...OPENSSL, name: 'libssl3' }] },
      'CVE-2024-6119 in openssl and 1 more (shop/checkout:1.4)',
    ],
    ['no package where there is none', { packages: [] }, 'CVE-2024-6119 (shop/checkout:1.4)'],
  ])('the title names %s', (_case, change, title) => {
    expect(vulnerability(change).Title).toBe(title);
  });

  it('names a score once, however often it was told', () => {
    const [score] = VULNERABILITY.cvss;
    if (!score) throw new Error('the finding has no score');
    const cvss = [score, { ...score, source: 'redhat' }, score, { ...score, score: 7.4 }];
    const told = vulnerability({ cvss }).Vulnerabilities?.[0]?.Cvss;
    expect(told?.map(({ BaseScore, Source }) => [BaseScore, Source])).toEqual([
      [7.5, 'NVD'],
      [7.5, 'redhat'],
      [7.4, 'NVD'],
    ]);
  });

  it('says how many workloads there are beside the ten that it names', () => {
    const names = Array.from({ length: 12 }, (_, index) => `service:${index}`);
    const workloads = known(names.map((name) => ({ ...CHECKOUT, name })));
    const decided = decidedFrom(enriched({}, { context: { ...ON_FARGATE, workloads } }));
    const finding = asffFromDecided({ ...decided, workloadsLeftOut: 400 }, HUB, NOW);
    expect(finding.ProductFields?.['sekisho/workloads']).toMatch(
      /^service:0 on ECS Fargate, .*, service:9 on ECS Fargate and 402 more$/,
    );
    expect(finding.Description).toMatch(/Runs in service:0 on ECS Fargate, .* and 402 more\. A possible denial/);
  });

  it('names the policy that decided', () => {
    const decided = { ...decidedFrom(enriched()), policy: 'policy@1a2b3c4d5e6f' };
    const finding = asffFromDecided(decided, HUB, NOW);
    expect(finding.ProductFields?.['sekisho/policy']).toBe('policy@1a2b3c4d5e6f');
  });

  it('says how many packages there was no room for', () => {
    const finding = vulnerability({ packages: Array.from({ length: 5000 }, () => OPENSSL) });
    expect(finding.Vulnerabilities?.[0]?.VulnerablePackages).toHaveLength(100);
    expect(finding.ProductFields?.['sekisho/packages-left-out']).toBe('4900');
  });

  it('halves the packages until the finding fits into 240 KB', () => {
    const wide = '関'.repeat(300);
    const packages = Array.from({ length: 200 }, () => ({
      ...OPENSSL,
      name: wide,
      version: wide,
      filePath: wide,
      fixedInVersion: wide,
      remediation: wide,
    }));
    const finding = vulnerability({ packages });
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(240 * 1024);
    expect(finding.Vulnerabilities?.[0]?.VulnerablePackages).toHaveLength(50);
    expect(finding.ProductFields?.['sekisho/packages-left-out']).toBe('150');
  });

  it('renders a threat with its image and its container', () => {
    const decision = { outcome: 'attend', score: 80, label: 'HIGH' } as const;
    const finding = asff(enrichedThreat(), { decision });
    expect(finding.GeneratorId).toBe('sekisho/threat');
    expect(finding.Types).toEqual(['TTPs/Privilege Escalation/PrivilegeEscalation:Runtime-RuncContainerEscape']);
    expect(finding.Title).toBe(
      'PrivilegeEscalation:Runtime/RuncContainerEscape: A process tried to leave its container.',
    );
    expect(finding.FindingProviderFields.Severity).toEqual({ Label: 'HIGH', Original: 'SSVC=attend;score=80;v=1' });
    expect(finding.Vulnerabilities).toBeUndefined();
    expect(finding.Resources.map(({ Type, Id }) => [Type, Id])).toEqual([
      ['AwsEcrContainerImage', `arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`],
      ['Container', 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123/web'],
    ]);
  });

  const { task: _task, ...NO_TASK } = THREAT;
  const { cluster: _cluster, ...NO_CLUSTER } = NO_TASK;
  it.each<[string, Threat, string, string]>([
    ['a task', THREAT, 'Container', 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123/web'],
    [
      'a pod',
      { ...NO_TASK, workload: { type: 'pods', name: 'web-1', namespace: 'shop' } },
      'Container',
      'arn:aws:ecs:eu-west-1:111122223333:cluster/shop/shop/pods/web-1/web',
    ],
    [
      'an instance',
      { ...NO_CLUSTER, containers: [], instanceId: 'i-0abc' },
      'Other',
      'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc',
    ],
    ['nothing', { ...NO_CLUSTER, containers: [] }, 'Other', THREAT.key],
  ])('a threat that names %s and no image has a resource with a stable id', (_case, finding, type, id) => {
    const rendered = asff({
      finding,
      image: unknown('the finding names no task'),
      repositoryTags: unknown('it has none'),
      context: UNSEEN,
    });
    expect(rendered.Resources.map((resource) => [resource.Type, resource.Id])).toEqual([[type, id]]);
  });

  it('marks a sample', () => {
    const finding = threat({ sample: true });
    expect(finding.Title.startsWith('[sample] ')).toBe(true);
    expect(finding.ProductFields?.['sekisho/sample']).toBe('true');
  });

  it('names no partition that Security Hub does not know', () => {
    const finding = vulnerability({ image: known({ ...IMAGE, partition: 'aws-iso' }) });
    expect(finding.Resources[0]?.Partition).toBeUndefined();
  });
});

describe('what a rule says of an image', () => {
  const issue = (finding: Partial<ImageIssue> = {}, change: DecisionChange = {}) => {
    const one = enrichedIssue(finding);
    return asff(one, { ...change, decision: { ...decide(one, TERMS), ...change.decision } });
  };

  it('is rendered', () => {
    const type = 'Software and Configuration Checks/Industry and Regulatory Standards';
    expect(issue()).toMatchObject({
      Id: `sekisho/${IMAGE_ISSUE.key}`,
      GeneratorId: 'sekisho/image/IMG-001',
      Types: [type],
      CreatedAt: '2026-03-01T10:00:00.000Z',
      Title: 'IMG-001 The image runs as root (shop/checkout:1.4, linux/arm64)',
      Description:
        'Track*: rule IMG-001 rates it HIGH; runs on ECS Fargate (VM boundary). Runs in service:checkout on ECS Fargate. Seen: USER root. Whoever gets into the container is root there, and one mistake away from being root on the host.',
      Remediation: {
        Recommendation: {
          Text: 'In instruction 7 (line 12) of the Dockerfile (`USER root`): Create a user and name it in a USER instruction at the end.',
        },
      },
      ProductFields: {
        'sekisho/decision': 'track*',
        'sekisho/scheme': 'image-v1',
        'sekisho/fix': 'change-image',
        'sekisho/instruction': '7: USER root',
        'sekisho/instruction-origin': 'app',
        'sekisho/instruction-line': '12',
        'sekisho/rule': 'IMG-001',
        'sekisho/rule-class': 'privilege',
        'sekisho/rule-severity': 'HIGH',
        'sekisho/confirmed': 'true',
        'sekisho/origin': 'app',
        'sekisho/platform': 'linux/arm64',
        'sekisho/evidence': 'USER root',
        'sekisho/layer': `sha256:${'3'.repeat(64)}`,
        'sekisho/source-finding': IMAGE_ISSUE.sourceId,
        'sekisho/source-status': 'active',
      },
      Compliance: {
        RelatedRequirements: ['NIST SP 800-190 3.1.2', 'NIST SP 800-190 4.1.2', 'CIS Docker Benchmark 1.6.0 4.1'],
      },
      Resources: [
        {
          Type: 'AwsEcrContainerImage',
          Id: `arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`,
          Partition: 'aws',
          Region: 'eu-west-1',
          Details: {
            AwsEcrContainerImage: {
              RegistryId: '111122223333',
              RepositoryName: 'shop/checkout',
              Architecture: 'arm64',
              ImageDigest: `sha256:${'a'.repeat(64)}`,
              ImageTags: ['1.4'],
            },
          },
        },
      ],
      RecordState: 'ACTIVE',
      FindingProviderFields: {
        Severity: { Label: 'MEDIUM', Original: 'SSVC=track*;score=61;v=1' },
        Types: [type],
      },
    });
    expect(issue()).not.toHaveProperty('Vulnerabilities');
  });

  it('has the same id for another digest of the tag, and that digest as its resource', () => {
    const image = { known: true, value: { ...IMAGE, digest: digest('b') } } as const;
    const [before, after] = [issue(), issue({ image })];
    expect(after.Id).toBe(before.Id);
    expect(after.Resources[0]?.Id).toMatch(/sha256:b{64}$/);
  });

  it('is named by its digest where it has no tag', () => {
    expect(issue({ tags: [] }).Title).toBe(
      `IMG-001 The image runs as root (shop/checkout@sha256:${'a'.repeat(64)}, linux/arm64)`,
    );
  });

  it('names its platform also where the image has a long name', () => {
    const image = { known: true, value: { ...IMAGE, repository: 'r'.repeat(256) } } as const;
    const { Title } = issue({ image });
    expect(Title).toHaveLength(256);
    expect(Title).toMatch(/^IMG-001 The image runs as root \(r+…, linux\/arm64\)$/);
  });

  it('of a closed one is archived', () => {
    expect(issue({ status: 'closed' }).RecordState).toBe('ARCHIVED');
  });

  it('about a secret is one about sensitive data', () => {
    expect(issue({ ruleClass: 'secret' }).Types).toEqual(['Sensitive Data Identifications/Security']);
  });

  it('counts the evidence that it does not list', () => {
    const evidence = [
      { text: 'usr/bin/su', origin: 'base' },
      { text: 'usr/bin/mount', origin: 'base' },
    ] as const;
    const { Description, ProductFields } = issue({ evidence, evidenceLeftOut: 5 });
    expect(Description).toContain('Seen: usr/bin/su; usr/bin/mount; and 5 more. Whoever gets in');
    expect(ProductFields?.['sekisho/evidence']).toBe('usr/bin/su; usr/bin/mount; and 5 more');
  });

  it('says nothing of what it saw where that cannot be printed', () => {
    expect(issue({ evidence: [{ text: '\u200B', origin: 'app' }] }).Description).not.toContain('Seen');
  });

  const { instruction: _instruction, ...NOWHERE_SAID } = IMAGE_ISSUE;
  const advice = 'Create a user and name it in a USER instruction at the end.';
  it.each<[string, ImageIssue, string]>([
    ['no instruction is known', NOWHERE_SAID, advice],
    [
      'the base image brought it',
      { ...IMAGE_ISSUE, origin: 'base', instruction: { position: 1, text: 'ADD rootfs.tar.xz /', origin: 'base' } },
      `The base image brought it in instruction 1 of the base image (\`ADD rootfs.tar.xz /\`): use one without it, or undo it in your own Dockerfile. ${advice}`,
    ],
    [
      'the base image brought it, nobody knows where',
      { ...NOWHERE_SAID, origin: 'base' },
      `The base image brought it: use one without it, or undo it in your own Dockerfile. ${advice}`,
    ],
  ])('says what to change where %s', (_case, finding, text) => {
    const enrichedOne = enrichImageIssue(finding, unknown('not read'), ON_FARGATE);
    const rendered = asff(enrichedOne, { decision: decide(enrichedOne, TERMS) });
    expect(rendered.Remediation?.Recommendation.Text).toBe(text);
  });

  it('holds no secret that a rule quoted', () => {
    const text = 'ENV DB_PASSWORD=hunter2hunter2';
    const rendered = issue({
      evidence: [{ text, origin: 'app', path: text }],
      instruction: { position: 3, text, origin: 'app' },
    });
    expect(JSON.stringify(rendered)).not.toContain('hunter2');
    expect(rendered.ProductFields?.['sekisho/instruction']).toBe('3: ENV DB_PASSWORD=[redacted]');
  });
});

describe('a vulnerability of an image that is not known', () => {
  const { repository: _repository, ...NAMELESS } = UNKNOWN_IMAGE;
  const lost = (image: Partial<typeof UNKNOWN_IMAGE> = {}, change: Partial<Vulnerability> = {}) =>
    asff(
      enriched(
        { image: { ...UNKNOWN_IMAGE, ...image }, ...change },
        { dossier: unknown(UNKNOWN_IMAGE.reason), context: UNSEEN },
      ),
    );

  it('has it as its resource all the same, with what is known of it', () => {
    const finding = lost();
    expect(finding.Id).toBe(`sekisho/${VULNERABILITY.key}`);
    expect(finding.Resources).toEqual([
      {
        Type: 'AwsEcrContainerImage',
        Id: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:aaaEXAMPLE',
        Partition: 'aws',
        Region: 'eu-west-1',
        Details: {
          AwsEcrContainerImage: {
            RegistryId: '111122223333',
            RepositoryName: 'shop/checkout',
            ImageTags: ['1.4'],
          },
        },
      },
    ]);
  });

  it('has no details where nothing is known', () => {
    const [resource] = lost({}, { image: { ...NAMELESS, resourceId: 'checkout' }, tags: [] }).Resources;
    expect(resource).toEqual({
      Type: 'AwsEcrContainerImage',
      Id: 'checkout',
      Partition: 'aws',
      Region: 'eu-west-1',
    });
  });

  it.each<[string, Partial<Vulnerability>, string]>([
    ['by its repository and tag', {}, 'CVE-2024-6119 in openssl (shop/checkout:1.4)'],
    ['by its repository', { tags: [] }, 'CVE-2024-6119 in openssl (shop/checkout)'],
    [
      'by its id, where the repository is not known',
      { image: { ...NAMELESS, resourceId: 'check\u0000out' } },
      'CVE-2024-6119 in openssl (check out)',
    ],
  ])('names it %s', (_how, change, title) => {
    expect(lost({}, change).Title).toBe(title);
  });

  it.each([
    ['of 512 characters', 'x'.repeat(512), 'x'.repeat(512)],
    ['of a character more', 'x'.repeat(513), VULNERABILITY.key],
    ['of 10 kB', '<!channel> '.repeat(1_000), VULNERABILITY.key],
    ['of nothing that can be printed', '\u0000\u200B', VULNERABILITY.key],
    ['with control characters and markup', 'a\u001B[31mb\u0007 <b>\n*c*', 'ab <b> *c*'],
    ['with a secret', `a/ghp_${'aB3'.repeat(12)}`, 'a/[redacted]'],
  ])('that is called by an id %s has a resource with an id that Security Hub takes', (_what, resourceId, id) => {
    expect(lost({ resourceId }).Resources[0]?.Id).toBe(id);
  });
});

it.each([
  ['ap-southeast-1ab', 'ap-southeast-1ab'],
  ['ap-southeast-1abc', undefined],
])('says the region %s of a place only within the 16 characters that Security Hub takes', (region, said) => {
  expect(threat({ region }).Resources.at(-1)?.Region).toBe(said);
});
