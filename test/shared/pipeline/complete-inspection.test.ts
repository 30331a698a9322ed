import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import { err } from '../../../shared/base/result.ts';
import type { ImageReference } from '../../../shared/image/image-reference.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import { type CompleteInspectionPorts, completeInspection } from '../../../shared/pipeline/complete-inspection.ts';
import type { InspectionTask } from '../../../shared/pipeline/inspection-task.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { inMemoryChains, inMemoryLedger, inMemoryPushes, inMemoryReports } from '../../support/inspection-ports.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { decidedQueue, imagesOf, workloadsThat } from '../../support/recording-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { OCI_CONFIG } from '../image/documents.ts';
import { indexDocument } from './registry-of-images.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** Of one layer, which runs as `user`. */
const imageThat = (digit: string, user: string) => {
  const config = digest(digit).replace(/.$/, 'c');
  return {
    [digest(digit)]: {
      mediaType: MANIFEST,
      body: JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: { mediaType: OCI_CONFIG, digest: config, size: 10 },
        layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digest('9'), size: 100 }],
      }),
    },
    [config]: {
      mediaType: OCI_CONFIG,
      body: JSON.stringify({
        os: 'linux',
        architecture: 'arm64',
        config: { User: user },
        rootfs: { type: 'layers', diff_ids: [digest('8')] },
        history: [{ created_by: 'COPY app / # buildkit' }],
      }),
    },
  };
};

const ROOT = digest('1');
const MENDED = digest('2');
const ANOTHER = digest('4');
const { digest: _, ...REPOSITORY } = IMAGE;
const SCOPE = { repository: REPOSITORY, tag: '1.4', platform: 'linux/arm64' };
const DOCUMENTS = {
  ...imageThat('1', ''),
  ...imageThat('2', '10001'),
  ...imageThat('4', '10002'),
  [digest('3')]: indexDocument([{ digest: ROOT }]),
};

const task = (image: ImageReference['digest'], minute: number, tag: string | undefined = '1.4'): InspectionTask => ({
  task: 'inspect-image-1',
  image: { ...IMAGE, digest: image },
  ...(tag !== undefined && { tag }),
  pushedAt: `2026-03-02T11:${String(minute).padStart(2, '0')}:00.000Z`,
});
const byDigest = (image: ImageReference['digest'], minute: number): InspectionTask => {
  const { tag: _, ...untagged } = task(image, minute);
  return untagged;
};

const portsWith = (change: Partial<CompleteInspectionPorts> = {}) => {
  const queue = decidedQueue();
  const kept: (readonly unknown[])[] = [];
  const clock = manualClock();
  const ports: CompleteInspectionPorts = {
    images: imagesOf(DOCUMENTS),
    dossiers: inMemoryDossiers(),
    clock,
    reports: inMemoryReports(),
    registry: {
      referrersOf: async () => known([]),
      digestOfTag: async () => known(undefined),
      tagMutabilityOf: async () => known('MUTABLE'),
    },
    chains: inMemoryChains(),
    pushes: inMemoryPushes(),
    components: { put: async (_, components) => void kept.push(components) },
    ledger: inMemoryLedger(),
    workloads: workloadsThat(),
    repositoryTags: { tagsOf: async (images) => images.map(() => unknown('nobody asked')) },
    decided: queue,
    ...change,
  };
  const inspect = (one: InspectionTask) => completeInspection(one, ports, BUILT_IN_POLICY);
  const said = () =>
    queue.sent.map(({ enriched: { finding } }) =>
      finding.kind === 'image-issue' ? `${finding.rule} ${finding.status} ${finding.image.value.digest.at(-1)}` : '',
    );
  /** Of rule IMG-001 alone. */
  const saidOfRoot = () => said().filter((one) => one.startsWith('IMG-001'));
  return { ports, inspect, said, saidOfRoot, sent: queue.sent, kept, clock };
};

describe('completeInspection', () => {
  it('keeps the dossier with its inspection, and its components apart', async () => {
    const { ports, inspect, kept } = portsWith();
    await ports.reports.put(unreadLayer(digest('9'), { by: 'time', text: 'It took too long.' }));
    expect(await inspect(task(ROOT, 1))).toEqual({ kind: 'done' });
    const dossier = await ports.dossiers.get({ ...IMAGE, digest: ROOT });
    expect(dossier).toMatchObject({ kind: 'image', inspection: { complete: false, components: 0 } });
    expect(dossier).not.toHaveProperty('inspection.componentList');
    expect(kept).toEqual([[]]);
  });

  it('tells of an image without its layers before the last delivery reads them, and then of it with them', async () => {
    const { ports, said } = portsWith();
    const ended = new SekishoError('AWS_UNAVAILABLE', 'The function ended here.');
    const broken = { ...ports, reports: { ...ports.reports, get: async () => Promise.reject(ended) } };
    const dossier = async () => ports.dossiers.get({ ...IMAGE, digest: ROOT });
    await expect(completeInspection(task(ROOT, 1), broken, BUILT_IN_POLICY, { isLast: false })).rejects.toBe(ended);
    expect(await dossier()).toBeUndefined();
    await expect(completeInspection(task(ROOT, 1), broken, BUILT_IN_POLICY, { isLast: true })).rejects.toBe(ended);
    expect(await dossier()).toMatchObject({ inspection: { complete: false } });
    expect(said()).toContain('IMG-001 active 1');
    await ports.reports.put({
      ...unreadLayer(digest('9'), { by: 'time', text: '' }),
      ...{ diffId: digest('8'), truncated: [] },
    });
    await completeInspection(task(ROOT, 1), ports, BUILT_IN_POLICY, { isLast: true });
    expect(await dossier()).toMatchObject({ inspection: { complete: true } });
  });

  it('ignores what is no image', async () => {
    const { inspect, said } = portsWith();
    expect(await inspect(task(digest('3'), 1))).toMatchObject({ kind: 'ignored' });
    expect(said()).toEqual([]);
  });

  it('closes what the next push of the tag has mended', async () => {
    const { inspect, saidOfRoot } = portsWith();
    await inspect(task(ROOT, 1));
    await inspect(task(MENDED, 2));
    expect(saidOfRoot()).toEqual(['IMG-001 active 1', 'IMG-001 closed 2']);
  });

  it('changes nothing by a push that is older than the last', async () => {
    const { inspect, saidOfRoot } = portsWith();
    await inspect(task(MENDED, 2));
    await inspect(task(ROOT, 1));
    expect(saidOfRoot()).toEqual([]);
    await inspect(task(ROOT, 3));
    await inspect(task(MENDED, 2));
    expect(saidOfRoot()).toEqual(['IMG-001 active 1']);
  });

  it('says the same again when the same push is inspected again, later', async () => {
    const { inspect, sent, clock } = portsWith();
    await inspect(task(ROOT, 1));
    clock.advance(3600);
    await inspect(task(ROOT, 1));
    const findings = sent.map(({ enriched: { finding } }) => finding);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.slice(findings.length / 2)).toEqual(findings.slice(0, findings.length / 2));
  });

  it('says the same again when it ended before all was sent', async () => {
    const lost = new SekishoError('AWS_UNAVAILABLE', 'The queue did not answer.');
    let isBroken = true;
    const queue = decidedQueue();
    const { ports, inspect } = portsWith({
      decided: {
        send: async (findings) => {
          if (isBroken) throw lost;
          return queue.send(findings);
        },
      },
    });
    await expect(inspect(task(ROOT, 1))).rejects.toBe(lost);
    isBroken = false;
    await completeInspection(task(ROOT, 1), ports, BUILT_IN_POLICY);
    expect(queue.sent.map(({ enriched: { finding } }) => finding.kind === 'image-issue' && finding.rule)).toContain(
      'IMG-001',
    );
  });

  it('closes with a later push what it could not send with the one before', async () => {
    const { ports, inspect, saidOfRoot } = portsWith();
    await inspect(task(ROOT, 1));
    const lost = new SekishoError('AWS_UNAVAILABLE', 'The queue did not answer.');
    const broken = { ...ports, decided: { send: () => Promise.reject(lost) } };
    await expect(completeInspection(task(MENDED, 2), broken, BUILT_IN_POLICY)).rejects.toBe(lost);
    await inspect(task(ANOTHER, 3));
    expect(saidOfRoot()).toEqual(['IMG-001 active 1', 'IMG-001 closed 4']);
    await inspect(task(MENDED, 4));
    expect(saidOfRoot()).toHaveLength(2);
  });

  it('says again what one of several findings could not be sent with', async () => {
    const lost = new SekishoError('AWS_UNAVAILABLE', 'The queue did not answer.');
    const { ports, inspect, saidOfRoot } = portsWith();
    await inspect(task(ROOT, 1));
    const refusing = { ...ports, decided: { send: async () => [err(lost)] } };
    await expect(completeInspection(task(MENDED, 2), refusing, BUILT_IN_POLICY)).rejects.toBe(lost);
    await inspect(task(ANOTHER, 3));
    expect(saidOfRoot()).toContain('IMG-001 closed 4');
  });

  it('forgets nothing that another inspection of the same push keeps at the same time', async () => {
    const { ports, inspect } = portsWith();
    await Promise.all([inspect(task(ROOT, 1)), inspect(task(ROOT, 1)), inspect(task(ROOT, 1))]);
    const { entry } = await ports.ledger.get(SCOPE);
    expect(entry?.rules).toContainEqual(expect.objectContaining({ rule: 'IMG-001', open: true, handedOver: true }));
  });

  it('reads the ledger anew where another was faster, and gives way to a later push', async () => {
    const { ports, inspect, saidOfRoot } = portsWith();
    const { put } = ports.ledger;
    let isFirst = true;
    const racing: CompleteInspectionPorts = {
      ...ports,
      ledger: {
        ...ports.ledger,
        put: async (...kept) => {
          if (isFirst) {
            isFirst = false;
            await inspect(task(MENDED, 2));
          }
          return put(...kept);
        },
      },
    };
    await completeInspection(task(ROOT, 1), racing, BUILT_IN_POLICY);
    expect(saidOfRoot()).toEqual([]);
    expect((await ports.ledger.get(SCOPE)).entry?.digest).toBe(MENDED);
  });

  it('comes back later where others are faster again and again, and has sent nothing', async () => {
    const { ports, inspect, said } = portsWith();
    let tried = 0;
    const put = async (): Promise<boolean> => {
      tried += 1;
      return false;
    };
    const racing = { ...ports, ledger: { ...ports.ledger, put } };
    await expect(completeInspection(task(ROOT, 1), racing, BUILT_IN_POLICY)).rejects.toMatchObject({
      code: 'WRITE_CONFLICT',
      retryable: true,
    });
    expect(tried).toBe(5);
    expect(said()).toEqual([]);
    await inspect(task(ROOT, 1));
    expect(said()).not.toEqual([]);
  });

  it('keeps the tags of a repository apart', async () => {
    const { inspect, saidOfRoot } = portsWith();
    await inspect(task(ROOT, 1, '1.4'));
    await inspect(task(MENDED, 2, '2.0'));
    expect(saidOfRoot()).toEqual(['IMG-001 active 1']);
  });

  it('says nothing without a tag of what an index lists, which was pushed with one', async () => {
    const { ports, inspect, said } = portsWith();
    await inspect(byDigest(ROOT, 1));
    expect(said()).not.toEqual([]);
    const before = said().length;
    await ports.dossiers.put(
      {
        kind: 'index',
        image: { ...IMAGE, digest: digest('3') },
        platforms: [{ digest: ROOT, platform: 'linux/arm64' }],
        attestations: [],
      },
      new Date('2026-03-02T12:00:00Z'),
    );
    await inspect(byDigest(ROOT, 1));
    expect(said()).toHaveLength(before);
  });
});

describe('a platform that an index lists', () => {
  const NOW = new Date('2026-03-02T12:00:00Z');
  const through = (one: InspectionTask): InspectionTask => ({ ...one, through: 'index' });
  /** As the push of the index is planned. */
  const listed = async ({ ports }: ReturnType<typeof portsWith>, { tag, pushedAt }: InspectionTask): Promise<void> => {
    const image = { ...IMAGE, digest: digest('3') };
    const platforms = [{ digest: ROOT, platform: 'linux/arm64' }];
    await ports.dossiers.put({ kind: 'index', image, platforms, attestations: [] }, NOW);
    const push = { ...(tag !== undefined && { tag }), pushedAt, through: 'index' } as const;
    await ports.pushes.put({ ...IMAGE, digest: ROOT }, push, NOW);
  };

  it('is told once where the index was pushed by digest alone', async () => {
    const given = portsWith();
    await listed(given, byDigest(ROOT, 2));
    await given.inspect(byDigest(ROOT, 1));
    expect(given.saidOfRoot()).toEqual([]);
    await given.inspect(through(byDigest(ROOT, 2)));
    expect(given.saidOfRoot()).toEqual(['IMG-001 active 1']);
    await given.inspect(byDigest(ROOT, 1));
    expect(given.saidOfRoot()).toEqual(['IMG-001 active 1']);
  });

  it('is told under the tag alone where the index was pushed by digest and then with a tag', async () => {
    const given = portsWith();
    await listed(given, byDigest(ROOT, 2));
    await listed(given, task(ROOT, 3));
    await given.inspect(through(byDigest(ROOT, 2)));
    expect(given.said()).toEqual([]);
    await given.inspect(through(task(ROOT, 3)));
    expect(given.saidOfRoot()).toEqual(['IMG-001 active 1']);
  });

  it('is told anew without a tag where a later index has none', async () => {
    const given = portsWith();
    await listed(given, task(ROOT, 2));
    await listed(given, byDigest(ROOT, 3));
    await given.inspect(through(byDigest(ROOT, 3)));
    await given.inspect(through(task(ROOT, 2)));
    const tagsOf = given.sent.flatMap(({ enriched: { finding } }) =>
      finding.kind === 'image-issue' && finding.rule === 'IMG-001' ? [[finding.status, finding.tags]] : [],
    );
    expect(tagsOf).toEqual([
      ['active', []],
      ['active', ['1.4']],
    ]);
  });

  it('has closed what was told of it without a tag before the index came, each rule once', async () => {
    const given = portsWith();
    await given.inspect(byDigest(ROOT, 1));
    const open = given.said();
    expect(open).toContain('IMG-001 active 1');
    await listed(given, task(ROOT, 9));
    await given.inspect(through(task(ROOT, 9)));
    const closed = open.map((one) => one.replace('active', 'closed'));
    expect(given.said()).toEqual([...open, ...open, ...closed]);
    const untagged = given.sent.slice(-closed.length).map(({ enriched: { finding } }) => finding);
    const first = given.sent.slice(0, open.length).map(({ enriched: { finding } }) => finding);
    expect(untagged.map(({ key }) => key)).toEqual(first.map(({ key }) => key));
    await given.inspect(through(task(ROOT, 9)));
    expect(given.said()).toHaveLength(closed.length * 3 + open.length);
  });

  it('has it closed at the next try where that could not be sent', async () => {
    const given = portsWith();
    await given.inspect(byDigest(ROOT, 1));
    await listed(given, task(ROOT, 9));
    let sends = 0;
    const lost = new SekishoError('AWS_UNAVAILABLE', 'The queue did not answer.');
    const { ports } = given;
    const decided = {
      send: async (...findings: Parameters<typeof ports.decided.send>) => {
        sends += 1;
        if (sends === 2) throw lost;
        return ports.decided.send(...findings);
      },
    };
    await expect(completeInspection(through(task(ROOT, 9)), { ...ports, decided }, BUILT_IN_POLICY)).rejects.toBe(lost);
    expect(given.saidOfRoot()).not.toContain('IMG-001 closed 1');
    await given.inspect(through(task(ROOT, 9)));
    expect(given.saidOfRoot()).toContain('IMG-001 closed 1');
  });

  it('closes nothing that is of another image', async () => {
    const given = portsWith();
    await given.inspect(byDigest(ROOT, 1));
    await listed(given, task(ROOT, 9));
    await given.inspect(through(task(MENDED, 9)));
    expect(given.saidOfRoot()).toEqual(['IMG-001 active 1']);
  });
});
