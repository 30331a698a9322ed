import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import type { Push } from '../../../shared/pipeline/inspection-ports.ts';
import { planInspection } from '../../../shared/pipeline/plan-inspection.ts';
import { inMemoryPushes, inMemoryReports, inMemoryWaits, inspectionQueues } from '../../support/inspection-ports.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { imagesOf } from '../../support/recording-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { artifactDocument, CONFIG_DIGEST, configDocument, imageDocument, indexDocument } from './registry-of-images.ts';

const TAGGED: Push = { tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z' };
const UNTAGGED: Push = { pushedAt: '2026-03-02T11:58:00.000Z' };
const layersOf = (...digits: readonly string[]) => digits.map((digit) => ({ digest: digest(digit) }));

/** Image `a` has the layers 1 and 2, image `b` 1 and 3; index `d` lists both, and an attestation of `a`. */
const DOCUMENTS = {
  [digest('a')]: imageDocument(layersOf('1', '2')),
  [digest('b')]: imageDocument(layersOf('1', '3')),
  [CONFIG_DIGEST]: configDocument(digest('4'), digest('5')),
  [digest('d')]: indexDocument([
    { digest: digest('a') },
    { digest: digest('b') },
    { digest: digest('f'), about: digest('a') },
  ]),
};

const setUp = (documents: Parameters<typeof imagesOf>[0] = DOCUMENTS) => {
  const queues = inspectionQueues();
  const ports = {
    images: imagesOf(documents),
    dossiers: inMemoryDossiers(),
    reports: inMemoryReports(),
    waits: inMemoryWaits(),
    pushes: inMemoryPushes(),
    ...queues,
    clock: manualClock(),
  };
  return {
    ports,
    plan: (digit: string, push: Push) => planInspection({ ...IMAGE, digest: digest(digit) }, push, ports),
    scanned: async (...digits: readonly string[]) => {
      for (const digit of digits)
        await ports.reports.put(unreadLayer(digest(digit), { by: 'bytes', text: 'It is too long.' }));
    },
    /** What was asked for since it was looked at last. */
    asked: () => ({
      layers: queues.layers.splice(0).map(({ layer }) => layer.digest),
      inspections: queues.inspections
        .splice(0)
        .map(({ task, delaySeconds }) => [task.image.digest, task.tag, delaySeconds]),
    }),
  };
};
const waiting = async ({ ports }: ReturnType<typeof setUp>, layer: Digest) =>
  (await ports.waits.waitingFor(layer)).map(({ task, layers }) => [task.image.digest, task.tag, layers]);

describe('a push of an image', () => {
  it('asks for each of its layers, and begins its dossier', async () => {
    const { ports, plan } = setUp();
    await plan('a', TAGGED);
    expect(ports.layers).toEqual([
      {
        task: 'scan-layer-1',
        image: IMAGE,
        layer: {
          digest: digest('1'),
          size: 100,
          mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
          diffId: digest('4'),
        },
      },
      {
        task: 'scan-layer-1',
        image: IMAGE,
        layer: {
          digest: digest('2'),
          size: 100,
          mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
          diffId: digest('5'),
        },
      },
    ]);
    expect(ports.inspections).toEqual([]);
    expect(await ports.dossiers.get(IMAGE)).toMatchObject({ kind: 'image', platform: 'linux/arm64' });
    expect(await ports.pushes.pushesOf(IMAGE)).toEqual([TAGGED]);
  });

  it('asks for the layers alone that were never scanned, and waits for those', async () => {
    const given = setUp();
    await given.scanned('1');
    await given.plan('a', TAGGED);
    expect(given.asked()).toEqual({ layers: [digest('2')], inspections: [] });
    expect(await waiting(given, digest('2'))).toEqual([[digest('a'), '1.4', [digest('2')]]]);
    expect(await waiting(given, digest('1'))).toEqual([]);
  });

  it('has it inspected at once where all of its layers were scanned', async () => {
    const { ports, plan, scanned, asked } = setUp();
    await scanned('1', '2');
    await plan('a', TAGGED);
    expect(ports.inspections).toEqual([
      { task: { task: 'inspect-image-1', image: IMAGE, ...TAGGED }, delaySeconds: 0 },
    ]);
    expect(asked().layers).toEqual([]);
  });

  it('asks again for a layer that was given up', async () => {
    const given = setUp();
    await given.scanned('1');
    await given.ports.reports.put(unreadLayer(digest('2'), { by: 'failed', text: 'it could not be scanned' }));
    await given.plan('a', TAGGED);
    expect(given.asked()).toEqual({ layers: [digest('2')], inspections: [] });
  });

  it('asks again for a layer for which there was no time', async () => {
    const given = setUp();
    await given.scanned('1');
    await given.ports.reports.put(unreadLayer(digest('2'), { by: 'time', text: 'It took too long.' }));
    await given.plan('a', TAGGED);
    expect(given.asked()).toEqual({ layers: [digest('2')], inspections: [] });
  });

  it('asks for nothing that the registry does not have or that is encrypted', async () => {
    const { plan, asked } = setUp({
      ...DOCUMENTS,
      [digest('a')]: imageDocument([
        { digest: digest('1'), mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' },
        { digest: digest('2'), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted' },
      ]),
    });
    await plan('a', TAGGED);
    expect(asked()).toEqual({ layers: [], inspections: [[digest('a'), '1.4', 0]] });
  });

  it('asks once for a layer that the image has twice', async () => {
    const { plan, asked } = setUp({ ...DOCUMENTS, [digest('a')]: imageDocument(layersOf('1', '1')) });
    await plan('a', TAGGED);
    expect(asked().layers).toEqual([digest('1')]);
  });

  it('has an image without layers inspected', async () => {
    const { plan, asked } = setUp({ ...DOCUMENTS, [digest('a')]: imageDocument([]) });
    await plan('a', TAGGED);
    expect(asked()).toEqual({ layers: [], inspections: [[digest('a'), '1.4', 0]] });
  });

  it('trusts no diff id where the config lists more or fewer than there are layers', async () => {
    const { ports, plan } = setUp({ ...DOCUMENTS, [CONFIG_DIGEST]: configDocument(digest('4')) });
    await plan('a', TAGGED);
    expect(ports.layers.map(({ layer }) => layer.diffId)).toEqual([undefined, undefined]);
  });

  it('that is told twice asks for the same, and leaves the same', async () => {
    const given = setUp();
    await given.plan('a', TAGGED);
    const first = given.asked();
    await given.plan('a', TAGGED);
    expect(given.asked()).toEqual(first);
    expect(await waiting(given, digest('1'))).toEqual([[digest('a'), '1.4', [digest('1'), digest('2')]]]);
    expect(await given.ports.pushes.pushesOf(IMAGE)).toEqual([TAGGED]);
  });

  it('that is told late does not take the place of the later one', async () => {
    const given = setUp();
    const earlier = { ...TAGGED, pushedAt: '2026-03-02T10:00:00.000Z' };
    await given.plan('a', TAGGED);
    await given.plan('a', earlier);
    expect(await given.ports.pushes.pushesOf(IMAGE)).toEqual([TAGGED]);
    expect((await given.ports.waits.waitingFor(digest('1'))).map(({ task }) => task.pushedAt)).toEqual([
      TAGGED.pushedAt,
    ]);
  });

  it('by digest waits for an index that may list it', async () => {
    const { plan, scanned, asked } = setUp();
    await scanned('1', '2');
    await plan('a', UNTAGGED);
    expect(asked().inspections).toEqual([[digest('a'), undefined, 60]]);
  });

  it.each<[string, Parameters<typeof imagesOf>[0], string]>([
    ['that is not in the registry', {}, 'IMAGE_NOT_FOUND'],
    ['whose manifest is none', { [digest('a')]: { mediaType: 'a/b', body: '{}' } }, 'MANIFEST_INVALID'],
    [
      'of a registry that throttles',
      { [digest('a')]: new SekishoError('AWS_THROTTLED', 'It failed.') },
      'AWS_THROTTLED',
    ],
  ])('%s fails, and asks for nothing', async (_, documents, code) => {
    const { plan, asked } = setUp(documents);
    await expect(plan('a', TAGGED)).rejects.toMatchObject({ code });
    expect(asked()).toEqual({ layers: [], inspections: [] });
  });
});

describe('a push of an index', () => {
  it('asks for the layers of every platform under its own tag, and leaves attestations alone', async () => {
    const given = setUp();
    await given.plan('d', TAGGED);
    const { layers, inspections } = given.asked();
    expect(layers.toSorted()).toEqual([digest('1'), digest('1'), digest('2'), digest('3')]);
    expect(inspections).toEqual([]);
    expect((await waiting(given, digest('1'))).map(([image, tag]) => [image, tag]).toSorted()).toEqual([
      [digest('a'), '1.4'],
      [digest('b'), '1.4'],
    ]);
    expect(given.ports.images.reads).not.toContain(digest('f'));
    for (const digit of ['a', 'b'])
      expect(await given.ports.pushes.pushesOf({ ...IMAGE, digest: digest(digit) })).toEqual([
        { ...TAGGED, through: 'index' },
      ]);
    expect(await given.ports.pushes.pushesOf({ ...IMAGE, digest: digest('d') })).toEqual([TAGGED]);
  });

  it('after its platforms has them inspected under its tag, and not only without', async () => {
    const { plan, scanned, asked } = setUp();
    await scanned('1', '2', '3');
    await plan('a', UNTAGGED);
    await plan('b', UNTAGGED);
    await plan('d', TAGGED);
    expect(asked().inspections).toEqual([
      [digest('a'), undefined, 60],
      [digest('b'), undefined, 60],
      [digest('a'), '1.4', 0],
      [digest('b'), '1.4', 0],
    ]);
  });

  it.each<[string, Push]>([
    ['with a tag', TAGGED],
    ['by digest', { pushedAt: TAGGED.pushedAt }],
  ])('%s tells each platform that it came through an index, and keeps that for later', async (_, push) => {
    const { ports, plan, scanned } = setUp({
      ...DOCUMENTS,
      [digest('9')]: artifactDocument({
        artifactType: 'application/vnd.cncf.notary.signature',
        layers: [],
        subject: digest('a'),
      }),
    });
    await scanned('1', '2', '3');
    await plan('a', UNTAGGED);
    await plan('d', push);
    const throughs = () => ports.inspections.splice(0).map(({ task }) => [task.tag, task.through, task.pushedAt]);
    expect(throughs()).toEqual([
      [undefined, undefined, UNTAGGED.pushedAt],
      [push.tag, 'index', push.pushedAt],
      [push.tag, 'index', push.pushedAt],
    ]);
    await plan('9', { pushedAt: '2026-03-02T12:30:00.000Z' });
    expect(throughs()).toContainEqual([push.tag, 'index', push.pushedAt]);
  });

  it('of more than 100 platforms has the first of them inspected, and says how many are left out', async () => {
    const platform = (at: number): Digest => `sha256:${at.toString(16).padStart(64, '0')}` as Digest;
    const all = Array.from({ length: 103 }, (_, at) => platform(at));
    const { plan, scanned, asked } = setUp({
      ...DOCUMENTS,
      ...Object.fromEntries(all.map((one) => [one, imageDocument(layersOf('1'))])),
      [digest('d')]: indexDocument(all.map((one) => ({ digest: one }))),
    });
    await scanned('1');
    await expect(plan('d', TAGGED)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      retryable: false,
      message: 'The index lists more than the 100 platforms that are inspected of one push: 3 are left out.',
    });
    expect(asked().inspections).toEqual(all.slice(0, 100).map((one) => [one, '1.4', 0]));
  });

  it('of which only some platforms were pulled through a cache has those inspected', async () => {
    const { [digest('a')]: _, ...documents } = DOCUMENTS;
    const { plan, scanned, asked } = setUp(documents);
    await scanned('1', '3');
    await plan('d', TAGGED);
    expect(asked().inspections).toEqual([[digest('b'), '1.4', 0]]);
  });

  it.each<[string, SekishoError, SekishoError | undefined, string]>([
    ['for good', new SekishoError('MANIFEST_INVALID', 'It is none.'), undefined, 'MANIFEST_INVALID'],
    ['this time', new SekishoError('AWS_THROTTLED', 'It failed.'), undefined, 'AWS_THROTTLED'],
    [
      'for good, and another this time',
      new SekishoError('MANIFEST_INVALID', 'It is none.'),
      new SekishoError('AWS_THROTTLED', 'It failed.'),
      'AWS_THROTTLED',
    ],
  ])('of which one platform fails %s has the others inspected, and then fails', async (_, one, other, code) => {
    const { plan, scanned, asked } = setUp({
      ...DOCUMENTS,
      [digest('6')]: one,
      ...(other && { [digest('7')]: other }),
      [digest('d')]: indexDocument([digest('6'), digest('7'), digest('b')].map((entry) => ({ digest: entry }))),
    });
    await scanned('1', '3');
    await expect(plan('d', TAGGED)).rejects.toMatchObject({ code });
    expect(asked().inspections).toEqual([[digest('b'), '1.4', 0]]);
  });

  it('of indexes that list each other’s entries again and again reads each once', async () => {
    const depth = 40;
    const level = (at: number): Digest => `sha256:${at.toString(16).padStart(64, '0')}` as Digest;
    const towers = Array.from({ length: depth }, (_, at) => {
      const below = at === 0 ? [digest('a')] : [level(2 * at), level(2 * at + 1)];
      const entries = [...below, ...below].map((entry) => ({ digest: entry }));
      return [2 * at + 2, 2 * at + 3].map((name) => [level(name), indexDocument(entries)] as const);
    });
    const given = setUp({ ...DOCUMENTS, ...Object.fromEntries(towers.flat()) });
    await planInspection({ ...IMAGE, digest: level(2 * depth) }, TAGGED, given.ports);
    expect(given.asked().layers).toEqual([digest('1'), digest('2')]);
    expect(given.ports.images.reads.length).toBeLessThan(100);
  });
});

describe('a push of what is about an image', () => {
  const signature = (subject?: string) =>
    artifactDocument({
      artifactType: 'application/vnd.cncf.notary.signature',
      layers: [{ mediaType: 'application/jose+json', digest: digest('8') }],
      ...(subject !== undefined && { subject }),
    });
  const COSIGN = { tag: `sha256-${'a'.repeat(64)}.sig`, pushedAt: '2026-03-02T12:30:00.000Z' };
  const LATER = { pushedAt: '2026-03-02T12:30:00.000Z' };

  it.each([
    ['by its subject', signature(digest('a')), LATER],
    ['by cosign’s tag', signature(), COSIGN],
  ])('has that image inspected again, under each tag that it was pushed with: %s', async (_, document, push) => {
    const { plan, scanned, asked } = setUp({ ...DOCUMENTS, [digest('9')]: document });
    await scanned('1', '2');
    await plan('a', TAGGED);
    await plan('a', { ...TAGGED, tag: 'latest' });
    asked();
    await plan('9', push);
    expect(asked()).toEqual({
      layers: [],
      inspections: [
        [digest('a'), '1.4', 0],
        [digest('a'), 'latest', 0],
      ],
    });
  });

  it('keeps the time at which the image itself was pushed', async () => {
    const { ports, plan, scanned, asked } = setUp({ ...DOCUMENTS, [digest('9')]: signature(digest('a')) });
    await scanned('1', '2');
    await plan('a', TAGGED);
    asked();
    await plan('9', LATER);
    expect(ports.inspections.map(({ task }) => task.pushedAt)).toEqual([TAGGED.pushedAt]);
    expect(await ports.pushes.pushesOf({ ...IMAGE, digest: digest('9') })).toEqual([]);
  });

  it('has every platform of a signed index inspected again', async () => {
    const { plan, scanned, asked } = setUp({ ...DOCUMENTS, [digest('9')]: signature(digest('d')) });
    await scanned('1', '2', '3');
    await plan('d', TAGGED);
    asked();
    await plan('9', LATER);
    expect(asked().inspections).toEqual([
      [digest('a'), '1.4', 0],
      [digest('b'), '1.4', 0],
    ]);
  });

  it.each([
    ['was never pushed', signature(digest('a'))],
    ['is not told', signature()],
  ])('that %s is recorded, and asks for nothing', async (_, document) => {
    const { ports, plan, asked } = setUp({ ...DOCUMENTS, [digest('9')]: document });
    await plan('9', LATER);
    expect(asked()).toEqual({ layers: [], inspections: [] });
    expect(await ports.dossiers.get({ ...IMAGE, digest: digest('9') })).toMatchObject({ kind: 'artifact' });
  });

  it('that is gone from the registry by now asks for nothing', async () => {
    const { ports, plan, asked } = setUp({ [digest('9')]: signature(digest('a')) });
    await ports.pushes.put(IMAGE, TAGGED, ports.clock.now());
    await plan('9', LATER);
    expect(asked()).toEqual({ layers: [], inspections: [] });
  });

  it('that is itself about an image asks for nothing', async () => {
    const { ports, plan, asked } = setUp({
      ...DOCUMENTS,
      [digest('9')]: signature(digest('7')),
      [digest('7')]: signature(digest('a')),
    });
    await ports.pushes.put({ ...IMAGE, digest: digest('7') }, LATER, ports.clock.now());
    await plan('9', LATER);
    expect(asked()).toEqual({ layers: [], inspections: [] });
  });
});
