/** Pushes and scans in any order at once: whoever is last has the image inspected, whatever fails on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import { inMemoryDossiers } from '../../../shared/memory/dossiers.ts';
import { attempt } from '../../../shared/pipeline/attempt.ts';
import type { LayerTask } from '../../../shared/pipeline/inspection-task.ts';
import { planInspection } from '../../../shared/pipeline/plan-inspection.ts';
import { scanLayerTask } from '../../../shared/pipeline/scan-layer-task.ts';
import { inMemoryPushes, inMemoryReports, inMemoryWaits } from '../../support/inspection-ports.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { imagesOf } from '../../support/recording-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { CONFIG_DIGEST, configDocument, imageDocument } from './registry-of-images.ts';

const IMAGES = { a: ['1', '2', '3'], b: ['1', '2'], d: ['1'] } as const;
type Name = keyof typeof IMAGES;

const DOCUMENTS = {
  [CONFIG_DIGEST]: configDocument(),
  ...Object.fromEntries(
    Object.entries(IMAGES).map(([name, layers]) => [
      digest(name),
      imageDocument(layers.map((layer) => ({ digest: digest(layer) }))),
    ]),
  ),
};

/** How a delivery ends: its function may die at any of its steps, or the layer may be such that no one can read it. */
type Ending = 'whole' | 'dies while it scans' | 'dies after it scanned' | 'cannot be read';
const RECEIVES = 2;

interface Event {
  readonly kind: 'state' | 'inspection';
  readonly name: string;
}

const runModel = async (
  scheduler: fc.Scheduler,
  pushed: readonly Name[],
  endings: readonly Ending[],
): Promise<{ readonly events: readonly Event[]; readonly states: ReadonlyMap<string, string> }> => {
  const [reports, waits] = [inMemoryReports(), inMemoryWaits()];
  const events: Event[] = [];
  const work: Promise<void>[] = [];
  let deliveries = 0;

  /** Each call of a port is one step, and any other may come between two. */
  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), name);
    return act();
  };
  const lost = new SekishoError('AWS_UNAVAILABLE', 'The function ended here.');

  const portsOf = (ending: Ending, isLast: boolean) => ({
    images: imagesOf(DOCUMENTS),
    dossiers: inMemoryDossiers(),
    pushes: inMemoryPushes(),
    clock: manualClock(),
    reports: {
      ...reports,
      stateOf: (layer: Digest) => step(`state of ${layer.at(-1)}`, () => reports.stateOf(layer)),
      put: (report: Parameters<typeof reports.put>[0]) =>
        step(`report of ${report.digest.at(-1)}`, async () => {
          const before = await reports.stateOf(report.digest);
          await reports.put(report);
          if (before !== (await reports.stateOf(report.digest))) events.push({ kind: 'state', name: report.digest });
          // Only the last delivery is lost for good, and it has said before that the layer was given up.
          if (ending === 'dies after it scanned' && !isLast) throw lost;
        }),
    },
    waits: {
      put: (...waiting: Parameters<typeof waits.put>) => step('wait', () => waits.put(...waiting)),
      waitingFor: (...asked: Parameters<typeof waits.waitingFor>) =>
        step('who waits', () => waits.waitingFor(...asked)),
    },
    layers: { open: async () => (async function* () {})() },
    scan: (_: unknown, layer: LayerTask['layer']) =>
      step(`scan of ${layer.digest.at(-1)}`, async () => {
        if (ending === 'dies while it scans') throw lost;
        if (ending === 'cannot be read') throw new SekishoError('DIGEST_MISMATCH', 'It is another layer.');
        return unreadLayer(layer.digest, { by: 'bytes', text: 'It is too long.' });
      }),
    layerQueue: {
      send: (tasks: readonly LayerTask[]) =>
        step('send', async () => {
          for (const task of tasks) work.push(deliver(task, 1));
        }),
    },
    inspectionQueue: {
      send: (task: { readonly image: { readonly digest: Digest } }) =>
        step('inspect', async () => void events.push({ kind: 'inspection', name: task.image.digest })),
    },
  });

  const deliver = async (task: LayerTask, receive: number): Promise<void> => {
    const ending = endings[deliveries % endings.length] ?? 'whole';
    deliveries += 1;
    const isLast = receive >= RECEIVES;
    const scanned = await attempt(() => scanLayerTask(task, { isLast, timeoutSeconds: 840 }, portsOf(ending, isLast)));
    if (!scanned.ok && scanned.error.retryable && !isLast) await deliver(task, receive + 1);
  };

  const push = { tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z' };
  for (const name of pushed)
    work.push(planInspection({ ...IMAGE, digest: digest(name) }, push, portsOf('whole', false)));
  await scheduler.waitFor(
    (async () => {
      for (let at = 0; at < work.length; at += 1) await work[at];
    })(),
  );
  const states = await Promise.all(
    ['1', '2', '3'].map(async (layer) => [layer, await reports.stateOf(digest(layer))] as const),
  );
  return { events, states: new Map(states) };
};

const pushes = fc.array(fc.constantFrom<Name>('a', 'b', 'd'), { minLength: 1, maxLength: 4 });
const anyEndings = fc.array(
  fc.constantFrom<Ending>('whole', 'whole', 'dies while it scans', 'dies after it scanned', 'cannot be read'),
  { minLength: 1, maxLength: 8 },
);

describe('an image that was pushed', () => {
  it('is inspected once its layers are there, in whatever order pushes and scans meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), pushes, async (scheduler, pushed) => {
        const { events, states } = await runModel(scheduler, pushed, ['whole']);
        for (const name of new Set(pushed)) {
          const layers = IMAGES[name].map((layer) => digest(layer));
          expect(IMAGES[name].map((layer) => states.get(layer))).toEqual(layers.map(() => 'scanned'));
          const complete = events.findLastIndex(
            (event) => event.kind === 'state' && layers.includes(event.name as Digest),
          );
          const inspected = events.findLastIndex((event) => event.kind === 'inspection' && event.name === digest(name));
          expect(inspected).toBeGreaterThan(complete);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is inspected after the last change of any of its layers, whatever dies on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), pushes, anyEndings, async (scheduler, pushed, endings) => {
        const { events, states } = await runModel(scheduler, pushed, endings);
        for (const name of new Set(pushed)) {
          expect(IMAGES[name].map((layer) => states.get(layer))).not.toContain('none');
          const layers = IMAGES[name].map((layer) => digest(layer));
          const complete = events.findLastIndex(
            (event) => event.kind === 'state' && layers.includes(event.name as Digest),
          );
          const inspected = events.findLastIndex((event) => event.kind === 'inspection' && event.name === digest(name));
          expect(inspected).toBeGreaterThan(complete);
        }
      }),
      { numRuns: 400 },
    );
  });
});
