/** What the use cases need from the world. One adapter each in shared/aws or shared/http; those with a state in shared/memory too. */

import type { AlertContent, GroupedFinding } from '../alerts/alert-group.ts';
import type { ExplainedFinding } from '../alerts/explained-finding.ts';
import type { AsffFinding } from '../asff/asff.ts';
import type { SekishoError } from '../base/errors.ts';
import type { Known } from '../base/known.ts';
import type { Result } from '../base/result.ts';
import type { Tags } from '../base/tags.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import type { KevList } from '../evidence/kev-list.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { TaskContext, Workloads } from '../isolation/workload.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';

/** The registry's bytes. Throws IMAGE_NOT_FOUND, DIGEST_MISMATCH, TOO_LARGE and the AWS_* codes. */
export interface ImageSource {
  /** The manifest or index, digest checked. */
  readonly fetchManifest: (image: ImageReference) => Promise<{ readonly mediaType: string; readonly body: string }>;
  /** A small blob (the image config), digest checked. */
  readonly fetchBlob: (image: ImageReference, digest: Digest) => Promise<string>;
}

/** Downloads a small document. Throws TOO_LARGE over the limit, ADDRESS_REFUSED, AWS_UNAVAILABLE. */
export type ByteFetcher = (url: string, options: { readonly limitBytes: number }) => Promise<Buffer>;

export interface DossierStore {
  readonly get: (image: ImageReference) => Promise<Dossier | undefined>;
  /** An image that is inspected stays so: its dossier without an inspection, with which a push begins, is dropped. */
  readonly put: (dossier: Dossier, recordedAt: Date) => Promise<void>;
  /** The indexes that list the image as one of their platforms, as far as their dossiers were put. */
  readonly indexesOf: (image: ImageReference) => Promise<readonly Digest[]>;
}

/** An image as it may be running: a workload that pulled a tag of several platforms names the index. */
export interface RunnableImage extends ImageReference {
  readonly indexes?: readonly Digest[];
}

/** Which workloads run which image. A denied or failing lookup is unknown, or incomplete, with the reason, never a throw. */
export interface WorkloadSource {
  /** One answer per image, in the order asked. */
  readonly workloadsOf: (images: readonly RunnableImage[]) => Promise<readonly Workloads[]>;
  readonly taskContextOf: (taskArn: string) => Promise<Known<TaskContext>>;
}

/** The newest state of each finding, as it was decided last. */
export interface FindingStore {
  /**
   * Keeps the finding if no newer version is there, nor a later decision about the same one. `stale`: there is one.
   * Otherwise `updatedAt` is the time to write to Security Hub: the source's own, moved on where it would not rise.
   * What is decided alike again has the time of before, because every effect may happen twice.
   */
  readonly record: (
    finding: GroupedFinding,
  ) => Promise<{ readonly stale: true } | { readonly stale: false; readonly updatedAt: string }>;
  /**
   * The group that the finding belongs to: the first that was proposed. A threat's image is looked up by its task, and a
   * later state of it, whose task is gone, must not open a second group.
   */
  readonly groupOf: (key: FindingKey, proposed: string) => Promise<string>;
  readonly findingsOf: (group: string) => Promise<readonly GroupedFinding[]>;
}

export interface DecidedQueue {
  /** One result per finding, in order. */
  readonly send: (findings: readonly DecidedFinding[]) => Promise<readonly Result<void, SekishoError>[]>;
}

/** One result per finding, in order: a refusal of one is no failure of the others. */
export interface FindingSink {
  readonly send: (findings: readonly AsffFinding[]) => Promise<readonly Result<void, SekishoError>[]>;
}

export interface AlertStore {
  /**
   * Opens the group's alert, or joins the one that waits. True: the caller must schedule its message (and then call
   * `markScheduled`); true again for a redelivery that was cut between the two, and for an alert that is an hour late,
   * whose message has been given up. False: it is scheduled, or `news` is none after what was said.
   */
  readonly open: (group: string, news: AlertContent, dueAt: Date) => Promise<boolean>;
  readonly markScheduled: (group: string, dueAt: Date) => Promise<void>;
  /** Takes the right to send until `until`, with what was said before; undefined when nothing waits or another has it. */
  readonly claim: (group: string, now: Date, until: Date) => Promise<{ readonly said?: AlertContent } | undefined>;
  readonly markSaid: (group: string, said: AlertContent, now: Date) => Promise<void>;
}

export interface AlertQueue {
  readonly schedule: (group: string, delaySeconds: number) => Promise<void>;
}

/** Sends one rendered message. Throws DESTINATION_* codes. */
export interface ChatSender {
  readonly send: (body: unknown) => Promise<void>;
}

/** The original body of a record that failed for good, with why and where. */
export interface DeadLetterQueue {
  readonly send: (
    body: string,
    failure: { readonly errorCode: string; readonly reason: string; readonly functionName: string },
  ) => Promise<void>;
}

/** The queue that a function works on. Throws the AWS_* codes. */
export interface SourceQueue {
  /** The record comes back so many seconds from now, at most 43,200. `receipt`: of the delivery at hand. */
  readonly bringBack: (receipt: string, afterSeconds: number) => Promise<void>;
}

/** The tags of the repositories that hold the images. A denied or failing lookup is unknown with the reason, never a throw. */
export interface RepositoryTagSource {
  /** One answer per image, in the order asked. */
  readonly tagsOf: (images: readonly ImageReference[]) => Promise<readonly Known<Tags>[]>;
}

/** CISA's list as it was last loaded; undefined: never. Throws the AWS_* codes and TOO_LARGE. */
export interface KevStore {
  readonly get: () => Promise<KevList | undefined>;
  /** Keeps the list unless a later one is there, by `loadedAt`: that one stands, and nobody has to know. */
  readonly put: (list: KevList) => Promise<void>;
}

/** The text of CISA's feed. Throws FEED_UNAVAILABLE, TOO_LARGE and ADDRESS_REFUSED. */
export interface KevFeed {
  readonly fetch: () => Promise<string>;
}

/** What Inspector knows beyond its events. A denied, failing or aborted call is unknown with the reason, never a throw. */
export interface FindingDetailsSource {
  /**
   * One call about at most 10 findings, one answer for each, in the order asked; `askedOn` is the day in UTC, as
   * `2026-11-20`. Ends soon after the signal aborts.
   */
  readonly detailsOf: (
    findingArns: readonly string[],
    askedOn: string,
    signal: AbortSignal,
  ) => Promise<readonly Known<FindingDetails>[]>;
}

export interface DetailsStanding {
  /** What Inspector knew last, if that is at most seven days old; otherwise why it said nothing when it was asked last. */
  readonly answer?: Known<FindingDetails>;
  /** When the right to ask was given that has brought no answer yet, be it that `answer` has one of a day before. */
  readonly awaitedSince?: Date;
}

/** With the right, `answer` is what was known before, if anything. */
export interface DetailsClaim extends DetailsStanding {
  readonly granted: boolean;
}

/** The details of each vulnerability, and who may ask for them. Throws the AWS_* codes. */
export interface FindingDetailsStore {
  /**
   * Takes the right to ask about the vulnerability at `now`. Nobody gets it once details of the day, in UTC, are known, nor
   * within 15 minutes after another got it. So there is at most one answer a day. What is refused is one finding or one
   * call, never the vulnerability: until there are details of the day, Inspector is asked again, at most four times an hour.
   */
  readonly claim: (vulnerabilityId: string, now: Date) => Promise<DetailsClaim>;
  readonly get: (vulnerabilityId: string, now: Date) => Promise<DetailsStanding>;
  /**
   * `now` is that of the claim. An answer that is known settles the day; one that is unknown never does, nor takes the
   * place of what is known. Dropped when another has got the right since.
   */
  readonly put: (vulnerabilityId: string, answer: Known<FindingDetails>, now: Date) => Promise<void>;
}

/** What the newest state of each finding was decided from. Throws the AWS_* codes. */
export interface DecisionStore {
  /** Keeps it unless a newer version is there, or a decision about the same one that is as late: as `FindingStore` does. */
  readonly put: (explained: ExplainedFinding) => Promise<void>;
  /** Undefined: none was kept, its time is over, or another release wrote it in a form that does not read. */
  readonly get: (key: FindingKey) => Promise<ExplainedFinding | undefined>;
}
