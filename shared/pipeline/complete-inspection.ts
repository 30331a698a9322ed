/** An image whose layers are scanned: its dossier is completed, and what its rules say is decided and passed on. */
import { unknown } from '../base/known.ts';
import type { ImageDossier } from '../dossier/dossier.ts';
import { dossierFromImage } from '../dossier/dossier-from-image.ts';
import { summaryOf } from '../dossier/inspection-summary.ts';
import type { Digest } from '../image/digest.ts';
import { type ImageReference, registryHost } from '../image/image-reference.ts';
import { isInUse } from '../isolation/in-use.ts';
import type { Workloads } from '../isolation/workload.ts';
import { unreadLayer } from '../layer/unread-layer.ts';
import type { Policy } from '../policy/policy.ts';
import { chainOf } from './find-base.ts';
import { type InspectPlatformPorts, inspectPlatform } from './inspect-platform.ts';
import type { ChainStore, ComponentStore, LayerReportStore, PushStore, RegistryFacts } from './inspection-ports.ts';
import type { InspectionTask } from './inspection-task.ts';
import type { WorkloadSource } from './ports.ts';
import { readImage } from './read-image.ts';
import type { RecordImagePorts } from './record-image.ts';
import { DONE, ignored, type Settled } from './settled.ts';
import { closeUntagged, type TellIssuesPorts, type ToldPush, tellIssues } from './tell-issues.ts';

export interface CompleteInspectionPorts extends RecordImagePorts, TellIssuesPorts {
  readonly reports: LayerReportStore;
  readonly registry: RegistryFacts;
  readonly chains: ChainStore;
  readonly pushes: PushStore;
  readonly components: ComponentStore;
  readonly workloads: WorkloadSource;
}

/**
 * Idempotent: the same image inspected again has the same dossier and the same findings. Ignored for what is no image.
 * Throws what `ImageSource` and the stores throw, MANIFEST_INVALID and CONFIG_INVALID.
 * `isLast`: after this delivery the queue gives the record up; the image is then told of without its layers first.
 */
export const completeInspection = async (
  task: InspectionTask,
  ports: CompleteInspectionPorts,
  policy: Policy,
  { isLast }: { readonly isLast: boolean } = { isLast: false },
): Promise<Settled> => {
  // Told before: memory or time can end this function over the layers where nothing can be told any more.
  if (isLast) await inspectWith(async ({ digest }) => unreadLayer(digest, GIVEN_UP), task, ports, policy);
  return inspectWith(({ digest }) => ports.reports.get(digest), task, ports, policy);
};

const GIVEN_UP = { by: 'failed', text: 'the image could not be inspected with its layers' } as const;

const inspectWith = async (
  reportOf: InspectPlatformPorts['reportOf'],
  task: InspectionTask,
  ports: CompleteInspectionPorts,
  policy: Policy,
): Promise<Settled> => {
  const { image, tag, through, pushedAt } = task;
  const { clock, dossiers } = ports;
  const read = await readImage(image, ports.images);
  if (read.kind !== 'image') return ignored(`the digest names an ${read.kind}, not an image`);
  const indexes = await dossiers.indexesOf(image);
  const workloads = await workloadsOf(image, indexes, ports);
  const { story, inspection, isProved } = await inspectPlatform(
    {
      image,
      read,
      indexes,
      ...(tag !== undefined && { tag }),
      registry: registryHost(image),
      policy,
      inUse: isInUse(workloads),
      today: clock.now().toISOString().slice(0, 10),
    },
    { ...ports, reportOf },
  );
  const dossier: ImageDossier = {
    ...dossierFromImage(image, read.manifest, read.config, story),
    inspection: summaryOf(inspection),
  };
  await ports.components.put(image, inspection.componentList);
  await dossiers.put(dossier, clock.now());
  if (isProved) await keepChain(image, read.config.rootfs.diff_ids, ports);
  const push: ToldPush = {
    dossier,
    ...(tag !== undefined && { tag }),
    pushedAt,
    workloads,
    verdicts: inspection.verdicts,
  };
  if (await isToldElsewhere(task, indexes, ports)) return DONE;
  await tellIssues(push, ports, policy);
  // The index came later than a push by digest waits for one.
  if (tag !== undefined && through !== undefined) await closeUntagged(push, ports, policy);
  return DONE;
};

/**
 * A platform that an index lists is pushed by its digest, and told with the index: under the tag of that, and under none
 * only where the index has none either, or none of that push or a later one.
 */
const isToldElsewhere = async (
  { image, tag, through, pushedAt }: InspectionTask,
  indexes: readonly Digest[],
  { pushes }: CompleteInspectionPorts,
): Promise<boolean> => {
  if (tag !== undefined) return false;
  if (through === undefined) return indexes.length > 0;
  return (await pushes.pushesOf(image)).some((push) => push.tag !== undefined && push.pushedAt >= pushedAt);
};

const workloadsOf = async (
  image: ImageReference,
  indexes: readonly Digest[],
  { workloads }: CompleteInspectionPorts,
): Promise<Workloads> =>
  (await workloads.workloadsOf([{ ...image, indexes }]))[0] ?? unknown('the image was not looked up');

/** Under what its layers amount to, for the images that are built from it. */
const keepChain = async (
  image: ImageReference,
  diffIds: readonly Digest[],
  { chains, pushes, clock }: CompleteInspectionPorts,
): Promise<void> => {
  const chain = chainOf(diffIds);
  if (chain === undefined) return;
  const tags = (await pushes.pushesOf(image)).flatMap((push) => push.tag ?? []);
  await chains.put(chain, { image, tags }, clock.now());
};
