import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { EnrichedThreat } from '../../../shared/enrichment/enriched-finding.ts';
import type { Threat } from '../../../shared/finding/finding.ts';
import type { ImageReference } from '../../../shared/image/image-reference.ts';
import type { TaskContext } from '../../../shared/isolation/workload.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import type { DossierStore } from '../../../shared/pipeline/ports.ts';
import { processThreats } from '../../../shared/pipeline/process-threats.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { decidedQueue, workloadsThat } from '../../support/recording-ports.ts';
import { CHECKOUT, DOSSIER, digest, IMAGE, THREAT } from '../enrichment/findings.ts';

const SIDECAR: ImageReference = { ...IMAGE, repository: 'shop/proxy', digest: digest('b') };
const NOW = new Date('2026-03-02T12:00:00.000Z');

const runs = (...containers: TaskContext['containers']) =>
  workloadsThat({ taskContextOf: async () => known({ workload: CHECKOUT, containers }) });

const repositoryTags = { tagsOf: async (images: readonly ImageReference[]) => images.map(() => known({})) };

const process = async (
  threats: readonly Threat[],
  workloads = workloadsThat(),
  dossiers: DossierStore = inMemoryDossiers(),
) => {
  const decided = decidedQueue();
  const results = await processThreats(
    threats,
    { workloads, dossiers, repositoryTags, decided, clock: manualClock() },
    BUILT_IN_POLICY,
  );
  return {
    codes: results.map((result) => (result.ok ? 'ok' : result.error.code)),
    enriched: decided.sent.map(({ enriched }) => enriched as EnrichedThreat),
    sent: decided.sent,
  };
};

describe('the image of a threat', () => {
  it.each<[string, Partial<Threat>, TaskContext['containers'], EnrichedThreat['image']]>([
    [
      'is that of the container that it names',
      {},
      [
        { name: 'proxy', image: SIDECAR },
        { name: 'web', image: IMAGE },
      ],
      known(IMAGE),
    ],
    ['is that of the only container', { containers: [] }, [{ name: 'web', image: IMAGE }], known(IMAGE)],
    [
      'is not known among several containers',
      { containers: [] },
      [
        { name: 'web', image: IMAGE },
        { name: 'proxy', image: SIDECAR },
      ],
      unknown('the finding does not say which container of the task'),
    ],
    [
      'is not known when the task does not say what it pulled',
      {},
      [{ name: 'web' }],
      unknown('the task does not say which digest it runs'),
    ],
    ['is not known of a task without containers', {}, [], unknown('the task does not say which digest it runs')],
  ])('%s', async (_, change, containers, image) => {
    const { codes, enriched } = await process([{ ...THREAT, ...change }], runs(...containers));
    expect(codes).toEqual(['ok']);
    expect(enriched[0]?.image).toEqual(image);
    expect(enriched[0]?.context.workloads).toMatchObject(known([{ ...CHECKOUT, tags: { known: false } }]));
  });
});

describe('a threat whose task cannot be asked', () => {
  it('is told with the workload that it names itself', async () => {
    const { codes, enriched } = await process([THREAT]);
    expect(codes).toEqual(['ok']);
    expect(enriched[0]).toMatchObject({
      image: unknown('ECS no longer knows the task'),
      context: { workloads: { known: true, value: [{ orchestrator: 'ecs', runtime: 'ecs-ec2', launchType: 'EC2' }] } },
    });
  });

  it('is told with the reason where it names no workload either', async () => {
    const { cluster: _cluster, ...nowhere } = THREAT;
    const { codes, enriched } = await process([nowhere]);
    expect(codes).toEqual(['ok']);
    expect(enriched[0]?.context.workloads).toEqual(unknown('ECS no longer knows the task'));
  });

  it('is not asked for where the finding names none', async () => {
    const { task: _task, ...taskless } = THREAT;
    const workloads = workloadsThat({
      taskContextOf: async () => {
        throw new Error('nobody may ask');
      },
    });
    const { codes, enriched } = await process([taskless], workloads);
    expect(codes).toEqual(['ok']);
    expect(enriched[0]?.image).toEqual(
      unknown('the finding names no ECS task, and no digest of its container’s image'),
    );
  });

  const byDigest = `${IMAGE.account}.dkr.ecr.${IMAGE.region}.amazonaws.com/${IMAGE.repository}@${IMAGE.digest}`;
  const { task: _task, ...inPod } = THREAT;
  it.each<[string, readonly (string | undefined)[], boolean]>([
    ['a pod runs by digest', [byDigest], true],
    ['every container of it runs by digest', [byDigest, byDigest], true],
    ['it runs beside another digest', [byDigest, byDigest.replace(/[0-9a-f]{4}$/, '0000')], false],
    ['it runs beside a tag', [byDigest, 'shop/proxy:1.0'], false],
    ['it runs beside a container without an image', [byDigest, undefined], false],
    ['is of another registry', [`docker.io/library/nginx@${IMAGE.digest}`], false],
    ['is a tag', [byDigest.replace(/@.*/, ':1.4')], false],
  ])('has the image that its container names, when it %s', async (_, images, isKnown) => {
    const containers = images.map((image) => ({ name: 'web', ...(image !== undefined && { image }) }));
    const { enriched } = await process([{ ...inPod, containers }]);
    expect(enriched[0]?.image).toEqual(isKnown ? known(IMAGE) : expect.objectContaining({ known: false }));
  });
});

describe('the barriers of a threat', () => {
  it.each([
    ['10001', 'present'],
    ['', 'absent'],
  ])('take the user %j of the image for one that is %s', async (user, state) => {
    const dossiers = inMemoryDossiers();
    await dossiers.put({ ...DOSSIER, user }, NOW);
    const { enriched } = await process([THREAT], runs({ name: 'web', image: IMAGE }), dossiers);
    expect(enriched[0]?.context.isolation.barriers.USER).toBe(state);
  });
});

describe('a batch of threats', () => {
  it('is passed on in order, each with its own version', async () => {
    const batch = [THREAT, { ...THREAT, type: 'Execution:Runtime/NewBinaryExecuted', status: 'closed' as const }];
    const { codes, sent } = await process(batch);
    expect(codes).toEqual(['ok', 'ok']);
    expect(sent.map(({ enriched }) => (enriched as EnrichedThreat).finding.type)).toEqual([
      'PrivilegeEscalation:Runtime/RuncContainerEscape',
      'Execution:Runtime/NewBinaryExecuted',
    ]);
    expect(sent.map(({ version }) => version.slice(0, 27))).toEqual([
      '2026-03-02T10:00:00.000Z|0|',
      '2026-03-02T10:00:00.000Z|2|',
    ]);
  });

  it('brings back only the threat whose dossier cannot be read', async () => {
    const dossiers: DossierStore = {
      ...inMemoryDossiers(),
      get: async () => {
        throw new SekishoError('AWS_THROTTLED', 'Reading the dossier failed.');
      },
    };
    const { task: _task, ...taskless } = THREAT;
    const { codes, sent } = await process([THREAT, taskless], runs({ name: 'web', image: IMAGE }), dossiers);
    expect(codes).toEqual(['AWS_THROTTLED', 'ok']);
    expect(sent).toHaveLength(1);
  });
});
