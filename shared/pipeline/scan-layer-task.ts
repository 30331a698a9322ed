/** A layer that was never seen: it is read once, and whoever waits for it is told. */
import { mapEnded } from '../base/ended.ts';
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import type { Digest } from '../image/digest.ts';
import type { LayerReport } from '../layer/layer-report.ts';
import { unreadLayer } from '../layer/unread-layer.ts';
import type { InspectionQueue, LayerReportStore, LayerSource, LayerWaits, WaitingImage } from './inspection-ports.ts';
import { inspectionDelay, type LayerTask } from './inspection-task.ts';
import { DONE, type Settled } from './settled.ts';

export interface ScanLayerPorts {
  readonly layers: LayerSource;
  readonly reports: LayerReportStore;
  readonly waits: LayerWaits;
  readonly inspectionQueue: InspectionQueue;
  /** Reads the layer's bytes: throws what is wrong with them, coded. */
  readonly scan: (source: AsyncIterable<Uint8Array>, layer: LayerTask['layer']) => Promise<LayerReport>;
}

export interface Delivery {
  /** After it the queue gives the record up. */
  readonly isLast: boolean;
  /** After which the delivery has ended, one way or another. */
  readonly timeoutSeconds: number;
}

/** SQS holds a message back for at most this long. */
const LONGEST_DELAY_SECONDS = 900;
const CALLS_AT_ONCE = 16;

/**
 * Idempotent: a layer that was scanned is not read again. One that cannot be read, now or for good, has a report that
 * says so, and the image that it was to be read for goes on without it: a scan that never ends must not hide the rest
 * of an image. Throws what `LayerSource`, `scan`, the queue and the stores throw.
 */
export const scanLayerTask = async (task: LayerTask, delivery: Delivery, ports: ScanLayerPorts): Promise<Settled> => {
  try {
    await scanAndTell(task, delivery, ports);
    return DONE;
  } catch (thrown) {
    const error = sekishoErrorFrom(thrown);
    // Also where a store refused for good what was found: the record does not come back, and nobody else would tell.
    if (!error.retryable) await giveUp(task, failureText(error), 0, ports);
    throw error;
  }
};

const scanAndTell = async (
  { image, layer }: LayerTask,
  { isLast, timeoutSeconds }: Delivery,
  ports: ScanLayerPorts,
): Promise<void> => {
  if ((await ports.reports.stateOf(layer.digest)) !== 'scanned') {
    // Written before: memory or time can end this function where nothing can be written any more.
    if (isLast) await giveUp({ image, layer }, 'it could not be scanned', timeoutSeconds, ports);
    await ports.reports.put(await ports.scan(await ports.layers.open(image, layer.digest), layer));
  }
  await tellAll(await ports.waits.waitingFor(layer.digest), 0, ports);
};

const failureText = ({ code }: SekishoError): string => `it could not be scanned: ${code}`;

/** Every image that waits has asked for the layer itself: each is told once its own request has failed. */
const giveUp = async (
  { image, layer }: Pick<LayerTask, 'image' | 'layer'>,
  reason: string,
  delaySeconds: number,
  ports: ScanLayerPorts,
): Promise<void> => {
  await ports.reports.put(unreadLayer(layer.digest, { by: 'failed', text: reason }));
  await tellAll(await ports.waits.waitingFor(layer.digest, image), delaySeconds, ports);
};

/** The last layer of an image completes it; several at once may all find that they are, and it is inspected again. */
const tellAll = async (
  waiting: readonly WaitingImage[],
  delaySeconds: number,
  { reports, inspectionQueue }: ScanLayerPorts,
): Promise<void> => {
  // Images have layers in common: each is looked for once.
  const layers = [...new Set(waiting.flatMap((image) => image.layers))];
  const states = await mapEnded(layers, (layer) => reports.stateOf(layer), { concurrency: CALLS_AT_ONCE });
  const missing = new Set<Digest>(layers.filter((_, at) => states[at] === 'none'));
  await mapEnded(
    waiting.filter((image) => image.layers.every((layer) => !missing.has(layer))),
    ({ task }) =>
      inspectionQueue.send(task, Math.min(LONGEST_DELAY_SECONDS, Math.max(delaySeconds, inspectionDelay(task)))),
    { concurrency: CALLS_AT_ONCE },
  );
};
