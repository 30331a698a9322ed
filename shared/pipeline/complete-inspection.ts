/** An image whose layers are scanned: its dossier is completed, and what its rules say is decided and passed on. */
import { unknown } from '../base/known.ts';
import type { ImageDossier } from '../dossier/dossier.ts';
import { dossierFromImage } from '../dossier/dossier-from-image.ts';
import { imageIssues } from '../dossier/image-issues.ts';
import { summaryOf } from '../dossier/inspection-summary.ts';
import { enrichImageIssue } from '../enrichment/enrich-image-issue.ts';
import type { Digest } from '../image/digest.ts';
import { type ImageReference, registryHost } from '../image/image-reference.ts';
import { isInUse } from '../isolation/in-use.ts';
import { userIsRoot } from '../isolation/user.ts';
import { weakestIsolation } from '../isolation/weakest-isolation.ts';
import type { Workloads } from '../isolation/workload.ts';
import type { Policy } from '../policy/policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import { chainOf } from './find-base.ts';
import { inspectPlatform } from './inspect-platform.ts';
import type {
  ChainStore,
  ComponentStore,
  IssueLedger,
  LayerReportStore,
  PushStore,
  RegistryFacts,
} from './inspection-ports.ts';
import type { InspectionTask } from './inspection-task.ts';
import type { DecidedQueue, RepositoryTagSource, WorkloadSource } from './ports.ts';
import { readImage } from './read-image.ts';
import type { RecordImagePorts } from './record-image.ts';
import { DONE, ignored, type Settled } from './settled.ts';

export interface CompleteInspectionPorts extends RecordImagePorts {
  readonly reports: LayerReportStore;
  readonly registry: RegistryFacts;
  readonly chains: ChainStore;
  readonly pushes: PushStore;
  readonly components: ComponentStore;
  readonly ledger: IssueLedger;
  readonly workloads: WorkloadSource;
  readonly repositoryTags: RepositoryTagSource;
  readonly decided: DecidedQueue;
}

/**
 * Idempotent: the same image inspected again has the same dossier and the same findings. Ignored for what is no image.
 * Throws what `ImageSource` and the stores throw, MANIFEST_INVALID and CONFIG_INVALID.
 */
export const completeInspection = async (
  { image, tag, pushedAt }: InspectionTask,
  ports: CompleteInspectionPorts,
  policy: Policy,
): Promise<Settled> => {
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
    { ...ports, reportOf: ({ digest }) => ports.reports.get(digest) },
  );
  const dossier: ImageDossier = {
    ...dossierFromImage(image, read.manifest, read.config, story),
    inspection: summaryOf(inspection),
  };
  await ports.components.put(image, inspection.componentList);
  await dossiers.put(dossier, clock.now());
  if (isProved) await keepChain(image, read.config.rootfs.diff_ids, ports);
  // The index that lists a platform was pushed with a tag: under that its rules are told, and not once more without.
  if (tag === undefined && indexes.length > 0) return DONE;
  await passOn({ dossier, tag, pushedAt, workloads, verdicts: inspection.verdicts }, ports, policy);
  return DONE;
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

interface Told {
  readonly dossier: ImageDossier;
  readonly tag: string | undefined;
  readonly pushedAt: string;
  readonly workloads: Workloads;
  readonly verdicts: Parameters<typeof imageIssues>[0]['verdicts'];
}

const passOn = async (
  { dossier, tag, pushedAt, workloads, verdicts }: Told,
  ports: CompleteInspectionPorts,
  policy: Policy,
): Promise<void> => {
  const { image, platform, instructions } = dossier;
  const now = ports.clock.now();
  const { digest: _, ...repository } = image;
  const scope = { repository, tag: tag ?? '', platform };
  const before = await ports.ledger.get(scope);
  // A push that came late: the tag names another image by now.
  if (before !== undefined && before.pushedAt > pushedAt) return;
  const { issues, entry } = imageIssues(
    { image, ...(tag !== undefined && { tag }), platform, pushedAt, instructions, verdicts },
    before,
    now.toISOString(),
  );
  if (!(await ports.ledger.put(scope, entry, now))) return;
  const [tags = unknown('the repository was not looked up')] = await ports.repositoryTags.tagsOf([image]);
  const context = { workloads, isolation: weakestIsolation(workloads, userIsRoot(dossier.user)) };
  const decided = issues.map((issue) => decideByPolicy(enrichImageIssue(issue, tags, context), policy, now));
  const sent = await ports.decided.send(decided);
  for (const result of sent) if (!result.ok) throw result.error;
};
