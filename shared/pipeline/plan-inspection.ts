/** An image was pushed: its dossier is begun, and every layer that was never seen is sent to be scanned. */
import { mapEnded } from '../base/ended.ts';
import { SekishoError } from '../base/errors.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { type ImageManifest, isAttestation } from '../image/manifest.ts';
import { isReadableLayer } from '../image/media-types.ts';
import { attempt } from './attempt.ts';
import type { InspectionQueue, LayerQueue, LayerReportStore, LayerWaits, Push, PushStore } from './inspection-ports.ts';
import { type InspectionTask, inspectionDelay, type LayerTask } from './inspection-task.ts';
import type { ReadImage } from './read-image.ts';
import { type RecordImagePorts, recordRead } from './record-image.ts';
import { signedDigest } from './signed-digest.ts';

export interface PlanInspectionPorts extends RecordImagePorts {
  readonly reports: LayerReportStore;
  readonly waits: LayerWaits;
  readonly pushes: PushStore;
  readonly layerQueue: LayerQueue;
  readonly inspectionQueue: InspectionQueue;
}

const CALLS_AT_ONCE = 16;
const PLATFORMS_AT_ONCE = 4;
/** Of one push, indexes in indexes counted; the widest official images have about 20. */
const MOST_PLATFORMS = 100;

/**
 * Idempotent. What is about an image and was pushed after it (a signature, an SBOM) has that image inspected again.
 * Throws what `ImageSource` and the stores throw, MANIFEST_INVALID and CONFIG_INVALID; TOO_LARGE for an index of more
 * platforms than are inspected, once the first of them are planned.
 */
export const planInspection = async (image: ImageReference, push: Push, ports: PlanInspectionPorts): Promise<void> => {
  const { read } = await recordRead(image, ports);
  if (read.kind === 'artifact') await planAgain(image, signedDigest(read.manifest, push.tag), ports);
  else await planRead(image, read, { pushes: [push], seen: new Set([image.digest]) }, ports);
};

/** Unless it was never pushed as far as we know: then its own push will find what is there. */
const planAgain = async (
  artifact: ImageReference,
  about: Digest | undefined,
  ports: PlanInspectionPorts,
): Promise<void> => {
  if (about === undefined) return;
  const image = { ...artifact, digest: about };
  const pushes = await ports.pushes.pushesOf(image);
  if (pushes.length > 0) await planIfThere(image, { pushes, seen: new Set([about]) }, ports);
};

interface Plan {
  readonly pushes: readonly Push[];
  /** The digests that were planned: indexes can list each other's entries over and over. */
  readonly seen: Set<Digest>;
}

const planRead = async (
  image: ImageReference,
  read: ReadImage,
  plan: Plan,
  ports: PlanInspectionPorts,
): Promise<void> => {
  // What an artifact is about is read from its own push.
  if (read.kind === 'artifact') return;
  for (const push of plan.pushes) await ports.pushes.put(image, push, ports.clock.now());
  if (read.kind === 'image')
    await planLayers(image, plan.pushes, layerTasks(image, read.manifest, read.config.rootfs.diff_ids), ports);
  else {
    const platforms = read.manifest.manifests.filter((entry) => !isAttestation(entry)).map(({ digest }) => digest);
    await planPlatforms(image, platforms, { ...plan, pushes: plan.pushes.map(throughIndex) }, ports);
  }
};

const throughIndex = (push: Push): Push => ({ ...push, through: 'index' });

/** Each by itself: one that cannot be read holds up no other. */
const planPlatforms = async (
  index: ImageReference,
  platforms: readonly Digest[],
  plan: Plan,
  ports: PlanInspectionPorts,
): Promise<void> => {
  const unseen = [...new Set(platforms.filter((digest) => !plan.seen.has(digest)))];
  // The image that was pushed is the first that was seen, and no platform of its own.
  const taken = unseen.slice(0, MOST_PLATFORMS + 1 - plan.seen.size);
  for (const digest of taken) plan.seen.add(digest);
  const planned = await mapEnded(taken, (digest) => attempt(() => planIfThere({ ...index, digest }, plan, ports)), {
    concurrency: PLATFORMS_AT_ONCE,
  });
  const errors = planned.flatMap((result) => (result.ok ? [] : [result.error]));
  const error = errors.find(({ retryable }) => retryable) ?? errors[0];
  if (error !== undefined) throw error;
  const left = unseen.length - taken.length;
  if (left > 0)
    throw new SekishoError(
      'TOO_LARGE',
      `The index lists more than the ${MOST_PLATFORMS} platforms that are inspected of one push: ${left} are left out.`,
    );
};

/** A pull-through cache has only the platforms of an index that were pulled, and what was signed can be deleted. */
const planIfThere = async (image: ImageReference, plan: Plan, ports: PlanInspectionPorts): Promise<void> => {
  const recorded = await attempt(() => recordRead(image, ports));
  if (recorded.ok) await planRead(image, recorded.value.read, plan, ports);
  else if (recorded.error.code !== 'IMAGE_NOT_FOUND') throw recorded.error;
};

/** One for each layer that the registry has and that can be read, however often the image has it. */
const layerTasks = (
  image: ImageReference,
  { layers }: ImageManifest,
  diffIds: readonly Digest[],
): readonly LayerTask[] => {
  const agreed = diffIds.length === layers.length;
  const tasks = new Map<Digest, LayerTask>();
  layers.forEach(({ digest, size, mediaType }, at) => {
    const diffId = agreed ? diffIds[at] : undefined;
    if (isReadableLayer(mediaType))
      tasks.set(digest, { task: 'scan-layer-1', image, layer: { digest, size, mediaType, ...(diffId && { diffId }) } });
  });
  return [...tasks.values()];
};

const planLayers = async (
  image: ImageReference,
  pushes: readonly Push[],
  tasks: readonly LayerTask[],
  { reports, waits, layerQueue, inspectionQueue, clock }: PlanInspectionPorts,
): Promise<void> => {
  const inspections = pushes.map((push): InspectionTask => ({ task: 'inspect-image-1', image, ...push }));
  const states = await mapEnded(tasks, ({ layer }) => reports.stateOf(layer.digest), { concurrency: CALLS_AT_ONCE });
  const missing = tasks.filter((_, at) => states[at] !== 'scanned');
  const layers = missing.map(({ layer }) => layer.digest);
  // Before the layers are asked for: each request ends with a look at who waits, also where another has scanned it since.
  await mapEnded(
    inspections.flatMap((task) => layers.map((layer) => ({ layer, task }))),
    ({ layer, task }) => waits.put(layer, { task, layers }, clock.now()),
    { concurrency: CALLS_AT_ONCE },
  );
  if (missing.length > 0) await layerQueue.send(missing);
  else for (const task of inspections) await inspectionQueue.send(task, inspectionDelay(task));
};
