/** What the inspection of an image needs from the world. One adapter each in shared/aws. */
import type { Known } from '../base/known.ts';
import type { IssueEntry } from '../dossier/issue-entry.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { ReportState } from '../layer/is-layer-report.ts';
import type { Component, LayerReport } from '../layer/layer-report.ts';
import type { InspectionTask, LayerTask } from './inspection-task.ts';

/** A repository of one registry, without an image of it. */
export type RepositoryReference = Omit<ImageReference, 'digest'>;

/** The bytes of layers. Throws IMAGE_NOT_FOUND and the AWS_* codes, also while it is read. */
export interface LayerSource {
  /** Whoever breaks off the iteration ends the download. */
  readonly open: (image: ImageReference, layer: Digest) => Promise<AsyncIterable<Uint8Array>>;
}

/** An artifact that says it is about an image. */
export interface Referrer {
  readonly digest: Digest;
  /** Empty where the registry does not say. */
  readonly artifactType: string;
}

/** What a registry knows around an image. A denied or failing lookup is unknown with the reason. Throws AWS_THROTTLED alone. */
export interface RegistryFacts {
  readonly referrersOf: (image: ImageReference) => Promise<Known<readonly Referrer[]>>;
  /** The digest that the tag names now; undefined: there is no such tag. */
  readonly digestOfTag: (repository: RepositoryReference, tag: string) => Promise<Known<Digest | undefined>>;
  readonly tagMutabilityOf: (repository: RepositoryReference) => Promise<Known<'MUTABLE' | 'IMMUTABLE'>>;
}

/** `none`: never scanned. Another try may say more of what has failed or was cut. */
export type LayerState = 'none' | ReportState;

/** What was found in each layer, by digest: the same bytes are read once, whoever pushes them. Throws the AWS_* codes. */
export interface LayerReportStore {
  /** Undefined: never scanned, or by another version. */
  readonly get: (layer: Digest) => Promise<LayerReport | undefined>;
  /** Of what `get` would answer with, at less cost. */
  readonly stateOf: (layer: Digest) => Promise<LayerState>;
  /** One that was given up never takes the place of one that was cut, nor either that of one that was scanned. */
  readonly put: (report: LayerReport) => Promise<void>;
}

/** The list of an image's components, which is too long for the table. Throws the AWS_* codes. */
export interface ComponentStore {
  readonly put: (image: ImageReference, components: readonly Component[]) => Promise<void>;
}

/** An image that waits for its layers to be scanned. */
export interface WaitingImage {
  readonly task: InspectionTask;
  /** Those of its layers that were not scanned yet when it began to wait. */
  readonly layers: readonly Digest[];
}

/** Throws the AWS_* codes. */
export interface LayerWaits {
  /** To be put before the layer is asked for. The later push of an image with the same tag stands. */
  readonly put: (layer: Digest, waiting: WaitingImage, now: Date) => Promise<void>;
  /** `image`: only this one, under each tag that it was pushed with. */
  readonly waitingFor: (layer: Digest, image?: ImageReference) => Promise<readonly WaitingImage[]>;
}

/** Under which tags an image was pushed, and when. Throws the AWS_* codes. */
export interface PushStore {
  /** Keeps it unless a later push of the image with the same tag is there: that one stands, and nobody has to know. */
  readonly put: (image: ImageReference, push: Push, now: Date) => Promise<void>;
  readonly pushesOf: (image: ImageReference) => Promise<readonly Push[]>;
}

export interface Push {
  /** Absent: by digest. */
  readonly tag?: string;
  /** It was not pushed by itself: an index that lists it was. */
  readonly through?: 'index';
  /** ISO 8601 in UTC with milliseconds. */
  readonly pushedAt: string;
}

/** An image that another may be built from. */
export interface KnownImage {
  readonly image: ImageReference;
  readonly tags: readonly string[];
}

export interface ImagesOfChain {
  readonly chain: Digest;
  /** At least one. */
  readonly known: readonly KnownImage[];
}

/** Images by what their layers amount to. Throws the AWS_* codes. */
export interface ChainStore {
  readonly put: (chain: Digest, known: KnownImage, now: Date) => Promise<void>;
  /** All images of the first chain that has any, at most a few hundred; the chains come longest first. */
  readonly find: (chains: readonly Digest[]) => Promise<ImagesOfChain | undefined>;
}

/**
 * Which rules fail for a repository's tag on a platform, whatever digest it names: so that what is mended is closed.
 * Throws the AWS_* codes.
 */
export interface IssueLedger {
  readonly get: (scope: IssueScope) => Promise<KeptIssues>;
  /** Keeps it in place of what was read, under the next revision. False: another was faster, and it is to be read anew. */
  readonly put: (scope: IssueScope, kept: KeptIssues & { readonly entry: IssueEntry }, now: Date) => Promise<boolean>;
}

export interface KeptIssues {
  /** Undefined: there is none, or it cannot be read any more. */
  readonly entry: IssueEntry | undefined;
  /** Of what was read; rises with each that is kept, and 0 stands for none. */
  readonly revision: number;
}

export interface IssueScope {
  readonly repository: RepositoryReference;
  /** Empty: pushed by digest. */
  readonly tag: string;
  readonly platform: string;
}

/** Throws the AWS_* codes; then any of the tasks may have been sent. */
export interface LayerQueue {
  readonly send: (tasks: readonly LayerTask[]) => Promise<void>;
}

/** Throws the AWS_* codes. */
export interface InspectionQueue {
  /** At most 900 seconds. */
  readonly send: (task: InspectionTask, delaySeconds: number) => Promise<void>;
}
