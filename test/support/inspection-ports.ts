/** The ports of an inspection in memory: as little as their contracts ask for. */
import type { Digest } from '../../shared/image/digest.ts';
import { type ImageReference, imageArn } from '../../shared/image/image-reference.ts';
import { type ReportState, reportState } from '../../shared/layer/is-layer-report.ts';
import type { LayerReport } from '../../shared/layer/layer-report.ts';
import type {
  ChainStore,
  IssueLedger,
  KeptIssues,
  KnownImage,
  LayerReportStore,
  LayerWaits,
  Push,
  PushStore,
  WaitingImage,
} from '../../shared/pipeline/inspection-ports.ts';
import type { InspectionTask, LayerTask } from '../../shared/pipeline/inspection-task.ts';

/** Keeps the value unless the one that is there is later. */
const keepLater = <Value>(
  kept: Map<string, Value>,
  key: string,
  value: Value,
  timeOf: (value: Value) => string,
): boolean => {
  const before = kept.get(key);
  if (before !== undefined && timeOf(before) > timeOf(value)) return false;
  kept.set(key, value);
  return true;
};

const RANK = { failed: 0, cut: 1, scanned: 2 } as const satisfies Record<ReportState, number>;

export const inMemoryReports = (): LayerReportStore => {
  const reports = new Map<Digest, LayerReport>();
  return {
    get: async (layer) => reports.get(layer),
    stateOf: async (layer) => {
      const report = reports.get(layer);
      return report === undefined ? 'none' : reportState(report);
    },
    put: async (report) => {
      const before = reports.get(report.digest);
      if (before === undefined || RANK[reportState(report)] >= RANK[reportState(before)])
        reports.set(report.digest, report);
    },
  };
};

export const inMemoryWaits = (): LayerWaits => {
  const layers = new Map<Digest, Map<string, WaitingImage>>();
  return {
    put: async (layer, waiting) => {
      const { image, tag = '' } = waiting.task;
      const images = layers.get(layer) ?? new Map<string, WaitingImage>();
      layers.set(layer, images);
      keepLater(images, `${imageArn(image)} ${tag}`, waiting, ({ task }) => task.pushedAt);
    },
    waitingFor: async (layer, image) =>
      [...(layers.get(layer)?.values() ?? [])].filter(
        ({ task }) => image === undefined || imageArn(task.image) === imageArn(image),
      ),
  };
};

export const inMemoryPushes = (): PushStore => {
  const images = new Map<string, Map<string, Push>>();
  return {
    put: async (image, push) => {
      const pushes = images.get(imageArn(image)) ?? new Map<string, Push>();
      images.set(imageArn(image), pushes);
      keepLater(pushes, push.tag ?? '', push, ({ pushedAt }) => pushedAt);
    },
    pushesOf: async (image) => [...(images.get(imageArn(image))?.values() ?? [])],
  };
};

export const inMemoryChains = (): ChainStore => {
  const chains = new Map<Digest, Map<string, KnownImage>>();
  return {
    put: async (chain, known) => {
      const images = chains.get(chain) ?? new Map<string, KnownImage>();
      chains.set(chain, images.set(imageArn(known.image), known));
    },
    find: async (wanted) => {
      const chain = wanted.find((one) => chains.has(one));
      const images = chain === undefined ? undefined : chains.get(chain);
      return chain && images && { chain, known: [...images.values()] };
    },
  };
};

export const inMemoryLedger = (): IssueLedger => {
  const entries = new Map<string, KeptIssues>();
  return {
    get: async (scope) => entries.get(JSON.stringify(scope)) ?? { entry: undefined, revision: 0 },
    put: async (scope, { entry, revision }) => {
      const key = JSON.stringify(scope);
      if ((entries.get(key)?.revision ?? 0) !== revision) return false;
      entries.set(key, { entry, revision: revision + 1 });
      return true;
    },
  };
};

export interface SentInspection {
  readonly task: InspectionTask;
  readonly delaySeconds: number;
}

/** The queues keep what they were given; a test takes it out. */
export const inspectionQueues = () => {
  const layers: LayerTask[] = [];
  const inspections: SentInspection[] = [];
  return {
    layers,
    inspections,
    layerQueue: { send: async (tasks: readonly LayerTask[]) => void layers.push(...tasks) },
    inspectionQueue: {
      send: async (task: InspectionTask, delaySeconds: number) => void inspections.push({ task, delaySeconds }),
    },
  };
};

export const withoutDigest = ({ digest: _, ...repository }: ImageReference): Omit<ImageReference, 'digest'> =>
  repository;
