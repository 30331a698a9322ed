import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { type Known, known, unknown } from '../../../shared/base/known.ts';
import type { EnrichedVulnerability } from '../../../shared/enrichment/enriched-finding.ts';
import type { FindingDetails } from '../../../shared/evidence/finding-details.ts';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import type { ImageReference } from '../../../shared/image/image-reference.ts';
import { inMemoryDetails } from '../../../shared/memory/details.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import { inMemoryKev } from '../../../shared/memory/kev.ts';
import { processVulnerabilities } from '../../../shared/pipeline/process-vulnerabilities.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import type { DecidedFinding } from '../../../shared/priority/decided-finding.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { decidedQueue, imagesOf, workloadsThat } from '../../support/recording-ports.ts';
import { CHECKOUT, DOSSIER, digest, IMAGE, INSTALL, UNKNOWN_IMAGE, VULNERABILITY } from '../enrichment/findings.ts';
import { manifestOf, OCI_CONFIG } from '../image/documents.ts';

const OTHER: ImageReference = { ...IMAGE, repository: 'shop/cart', digest: digest('b') };
const MANIFEST = { mediaType: 'application/vnd.oci.image.manifest.v1+json', body: JSON.stringify(manifestOf()) };
const CONFIG = {
  mediaType: OCI_CONFIG,
  body: JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [digest('2')] } }),
};
const BOTH = { [IMAGE.digest]: MANIFEST, [OTHER.digest]: MANIFEST, [digest('c')]: CONFIG };

const finding = (vulnerabilityId: string, image = IMAGE): Vulnerability => ({
  ...VULNERABILITY,
  vulnerabilityId,
  image: known(image),
});
const portsWith = (documents: Parameters<typeof imagesOf>[0], change: Partial<ReturnType<typeof ports>> = {}) => ({
  ...ports(documents),
  ...change,
});
const ports = (documents: Parameters<typeof imagesOf>[0]) => ({
  images: imagesOf(documents),
  dossiers: inMemoryDossiers(),
  workloads: workloadsThat(),
  repositoryTags: { tagsOf: async (images: readonly ImageReference[]) => images.map(() => known({})) },
  kev: inMemoryKev(),
  details: inMemoryDetails(),
  detailsSource: {
    detailsOf: async (arns: readonly string[]): Promise<readonly Known<FindingDetails>[]> =>
      arns.map(() => unknown('Inspector has none')),
  },
  decided: decidedQueue(),
  clock: manualClock(),
});
const enrichedOf = (sent: readonly DecidedFinding[]) => sent.map(({ enriched }) => enriched as EnrichedVulnerability);
const codes = (results: Awaited<ReturnType<typeof processVulnerabilities>>) =>
  results.map((result) => (result.ok ? 'ok' : result.error.code));

describe('a vulnerability', () => {
  it('is decided with its image and the place that runs it', async () => {
    const given = portsWith({}, { workloads: workloadsThat({ workloadsOf: async () => [known([CHECKOUT])] }) });
    await given.dossiers.put(DOSSIER, given.clock.now());
    expect(codes(await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY))).toEqual(['ok']);
    const [sent] = given.decided.sent;
    expect(sent).toMatchObject({
      message: 5,
      policy: 'built-in',
      decidedAt: '2026-03-02T12:00:00.000Z',
      version: expect.stringMatching(/^2026-03-02T10:00:00\.000Z\|0\|[0-9a-f]{16}$/),
      enriched: {
        finding: { ...VULNERABILITY, packages: [] },
        platform: known('linux/arm64'),
        packages: [{ name: 'openssl', instruction: known(INSTALL) }],
        context: {
          workloads: known([{ ...CHECKOUT, tags: { known: false } }]),
          isolation: { runtime: 'ecs-fargate', vmBoundary: true },
        },
      },
      decision: { outcome: 'track' },
    });
  });

  it('of an image that was never seen has it read from the registry and kept', async () => {
    const given = portsWith(BOTH);
    await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY);
    expect(enrichedOf(given.decided.sent)[0]?.platform).toEqual(known('linux/amd64'));
    expect(await given.dossiers.get(IMAGE)).toMatchObject({ kind: 'image', platform: 'linux/amd64' });
  });

  it('shares the reading of its image with the others of the batch', async () => {
    const given = portsWith(BOTH);
    const batch = [finding('CVE-1'), finding('CVE-2', OTHER), finding('CVE-3'), finding('CVE-4', OTHER)];
    expect(codes(await processVulnerabilities(batch, given, BUILT_IN_POLICY))).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(given.images.reads.filter((read) => read === IMAGE.digest)).toHaveLength(1);
    expect(given.images.reads.filter((read) => read === OTHER.digest)).toHaveLength(1);
    expect(enrichedOf(given.decided.sent).map((enriched) => enriched.finding.vulnerabilityId)).toEqual([
      'CVE-1',
      'CVE-2',
      'CVE-3',
      'CVE-4',
    ]);
  });

  it('asks for the workloads of its image, and of the indexes that list it', async () => {
    const asked: unknown[] = [];
    const workloads = workloadsThat({
      workloadsOf: async (images) => {
        asked.push(...images);
        return images.map(() => known([]));
      },
    });
    const given = portsWith(BOTH, { workloads });
    const index = { ...IMAGE, digest: digest('d') };
    const platforms = [{ digest: IMAGE.digest, platform: 'linux/amd64' }];
    await given.dossiers.put({ kind: 'index', image: index, platforms, attestations: [] }, given.clock.now());
    await processVulnerabilities([VULNERABILITY, finding('CVE-2', OTHER)], given, BUILT_IN_POLICY);
    expect(asked).toEqual([
      { ...IMAGE, indexes: [digest('d')] },
      { ...OTHER, indexes: [] },
    ]);
  });

  it('of an image that is known reads nothing from the registry', async () => {
    const given = portsWith(BOTH);
    await processVulnerabilities([finding('CVE-1')], given, BUILT_IN_POLICY);
    const before = given.images.reads.length;
    await processVulnerabilities([finding('CVE-2')], given, BUILT_IN_POLICY);
    expect(given.images.reads).toHaveLength(before);
  });
});

describe('a context that will stay missing', () => {
  const index = {
    mediaType: 'application/vnd.oci.image.index.v1+json',
    body: JSON.stringify({ schemaVersion: 2, manifests: [] }),
  };
  it.each<[string, Parameters<typeof imagesOf>[0], string]>([
    ['an image that is gone', {}, 'shop/checkout has no such image.'],
    [
      'a manifest that is none',
      { [IMAGE.digest]: { ...MANIFEST, body: '{}' } },
      'The manifest cannot be used: it lists neither layers nor manifests.',
    ],
    [
      'a registry that denies us',
      { [IMAGE.digest]: new SekishoError('AWS_DENIED', 'Reading the manifest from ECR failed: AccessDenied') },
      'Reading the manifest from ECR failed: AccessDenied',
    ],
    ['an index', { [IMAGE.digest]: index }, 'the digest names an index, not an image'],
  ])('by %s is named, and the finding goes on', async (_, documents, reason) => {
    const given = portsWith(documents);
    expect(codes(await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY))).toEqual(['ok']);
    const [enriched] = enrichedOf(given.decided.sent);
    expect(enriched?.platform).toEqual(unknown(reason));
    expect(enriched?.packages[0]?.instruction).toEqual(unknown(`there is no dossier of the image: ${reason}`));
  });

  it('by a denied lookup of workloads is named, and is not taken for "runs nowhere"', async () => {
    const denied = unknown('Listing the tasks of ECS failed: AccessDeniedException');
    const given = portsWith(BOTH, {
      workloads: workloadsThat({ workloadsOf: async (images) => images.map(() => denied) }),
    });
    expect(codes(await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY))).toEqual(['ok']);
    const [enriched] = enrichedOf(given.decided.sent);
    expect(enriched?.context.workloads).toEqual(denied);
    expect(enriched?.context.isolation).toMatchObject({ runtime: 'unknown', class: 'unknown' });
    expect(given.decided.sent[0]?.decision.unknowns.join('; ')).toContain('AccessDeniedException');
  });
});

describe('an image that is not known', () => {
  const lost = { ...VULNERABILITY, image: UNKNOWN_IMAGE };
  const asked: unknown[] = [];
  const workloads = workloadsThat({
    workloadsOf: async (images) => {
      asked.push(images.map(({ repository }) => repository));
      return images.map(() => known([]));
    },
  });

  it('is named as unknown, and neither registry nor account is asked', async () => {
    asked.length = 0;
    const given = portsWith(BOTH, { workloads });
    expect(codes(await processVulnerabilities([lost], given, BUILT_IN_POLICY))).toEqual(['ok']);
    expect([given.images.reads, asked]).toEqual([[], []]);
    const [enriched] = enrichedOf(given.decided.sent);
    expect(enriched).toMatchObject({
      finding: { image: UNKNOWN_IMAGE },
      platform: unknown(UNKNOWN_IMAGE.reason),
      context: { workloads: unknown(UNKNOWN_IMAGE.reason), isolation: { runtime: 'unknown', class: 'unknown' } },
    });
    expect(given.decided.sent[0]?.decision.unknowns).toEqual([
      "the image is not known: the finding's image digest is no sha256 digest",
      'exposure is not known',
      'isolation is not known',
      'CISA’s list of known exploited vulnerabilities was never loaded (would be Attend if CISA lists it as exploited)',
      'Inspector’s details are not known: Inspector has none (would be Attend if Inspector has seen it exploited)',
      'whether it can be automated is only guessed from its CVSS vector',
      "how much depends on the workload is not known: the policy’s default; the tags of what runs it are not known; the repository’s tags are not known: the finding's image digest is no sha256 digest",
      "where it runs is not known: the finding's image digest is no sha256 digest",
      "the instruction is not known: there is no dossier of the image: the finding's image digest is no sha256 digest",
    ]);
  });

  it('holds up none of the others, whose images are asked for', async () => {
    asked.length = 0;
    const given = portsWith(BOTH, { workloads });
    expect(codes(await processVulnerabilities([lost, finding('CVE-1'), lost], given, BUILT_IN_POLICY))).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(asked).toEqual([['shop/checkout']]);
    expect(enrichedOf(given.decided.sent).map(({ platform }) => platform.known)).toEqual([false, true, false]);
  });
});

describe('a context that may be there at the next try', () => {
  const throttled = new SekishoError('AWS_THROTTLED', 'Reading the manifest from ECR failed.');

  it('brings back the findings of its image, and holds up no other image', async () => {
    const given = portsWith({ ...BOTH, [OTHER.digest]: throttled });
    const batch = [finding('CVE-1', OTHER), finding('CVE-2'), finding('CVE-3', OTHER)];
    expect(codes(await processVulnerabilities(batch, given, BUILT_IN_POLICY))).toEqual([
      'AWS_THROTTLED',
      'ok',
      'AWS_THROTTLED',
    ]);
    expect(enrichedOf(given.decided.sent).map((enriched) => enriched.finding.vulnerabilityId)).toEqual(['CVE-2']);
  });

  it('of one vulnerability brings back its findings, and holds up no other of the same image', async () => {
    const given = portsWith(BOTH);
    await given.details.claim('CVE-1', given.clock.now());
    const batch = [finding('CVE-1'), finding('CVE-2'), finding('CVE-1', OTHER)];
    expect(codes(await processVulnerabilities(batch, given, BUILT_IN_POLICY))).toEqual([
      'EVIDENCE_AWAITED',
      'ok',
      'EVIDENCE_AWAITED',
    ]);
    expect(enrichedOf(given.decided.sent).map((enriched) => enriched.finding.vulnerabilityId)).toEqual(['CVE-2']);
  });

  it('by our own table brings the findings back, even when it denies us', async () => {
    const denied = new SekishoError('AWS_DENIED', 'Reading the dossier failed: AccessDeniedException');
    const get = async () => {
      throw denied;
    };
    const given = portsWith(BOTH, { dossiers: { ...inMemoryDossiers(), get } });
    expect(codes(await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY))).toEqual(['AWS_DENIED']);
    expect(given.decided.sent).toEqual([]);
  });

  it('decides nothing when no finding of the batch is left', async () => {
    const given = portsWith({ [IMAGE.digest]: throttled });
    expect(codes(await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY))).toEqual(['AWS_THROTTLED']);
    expect(given.decided.sent).toEqual([]);
  });
});

it('fails only the finding that the queue did not take', async () => {
  const decided = decidedQueue(
    ({ enriched }) => (enriched as EnrichedVulnerability).finding.vulnerabilityId === 'CVE-2',
  );
  const batch = [finding('CVE-1'), finding('CVE-2'), finding('CVE-3')];
  expect(codes(await processVulnerabilities(batch, portsWith(BOTH, { decided }), BUILT_IN_POLICY))).toEqual([
    'ok',
    'AWS_UNAVAILABLE',
    'ok',
  ]);
});

describe('what the policy and others say', () => {
  const kevWith = async () => {
    const kev = inMemoryKev();
    const entries = new Map([[VULNERABILITY.vulnerabilityId, { dateAdded: '2026-03-01', ransomware: false }]]);
    await kev.put({ version: '2026.03.01', loadedAt: '2026-03-02T00:00:00.000Z', entries });
    return kev;
  };

  it('decides with CISA’s list', async () => {
    const given = portsWith(BOTH, { kev: await kevWith() });
    await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY);
    expect(given.decided.sent[0]?.decision).toMatchObject({ outcome: 'attend', due: { on: '2026-03-15' } });
  });

  it('decides with the tags of the repository, which the policy reads', async () => {
    const tagsOf = async (images: readonly ImageReference[]) => images.map(() => known({ criticality: 'high' }));
    const given = portsWith(BOTH, { kev: await kevWith(), repositoryTags: { tagsOf } });
    await processVulnerabilities([VULNERABILITY], given, BUILT_IN_POLICY);
    const [sent] = given.decided.sent;
    expect(sent?.decision.outcome).toBe('act');
    expect(sent?.decision.points).toContainEqual(
      expect.objectContaining({ name: 'Mission & Well-Being', taken: 'high' }),
    );
  });

  it('keeps what the policy suppresses, with who accepted it until when', async () => {
    const suppression = {
      id: 'accepted',
      match: { vulnerabilities: [VULNERABILITY.vulnerabilityId] },
      reason: 'not reachable',
      owner: 'payments',
      expires: '2026-12-31',
    };
    const given = portsWith(BOTH);
    await processVulnerabilities([VULNERABILITY], given, { ...BUILT_IN_POLICY, suppressions: [suppression] });
    expect(given.decided.sent[0]?.handling).toEqual({
      suppressed: { rule: 'accepted', reason: 'not reachable', owner: 'payments', expires: '2026-12-31' },
      destinations: [],
      mention: false,
    });
  });

  it('asks Inspector once about a vulnerability, however many findings name it', async () => {
    const asked: (readonly string[])[] = [];
    const detailsOf = async (arns: readonly string[]) => {
      asked.push(arns);
      return arns.map(() => known({ askedOn: '2026-03-02', exploitObserved: {} }));
    };
    const given = portsWith(BOTH, { detailsSource: { detailsOf } });
    await processVulnerabilities([finding('CVE-1'), finding('CVE-1', OTHER), finding('CVE-2')], given, BUILT_IN_POLICY);
    await processVulnerabilities([finding('CVE-1')], given, BUILT_IN_POLICY);
    expect(asked.map((arns) => arns.length)).toEqual([2]);
    expect(given.decided.sent.map(({ decision }) => decision.outcome)).toEqual([
      'attend',
      'attend',
      'attend',
      'attend',
    ]);
  });
});
