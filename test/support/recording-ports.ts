/** The ports without a state of ours: they keep what they were given, and fail where a test tells them to. */
import type { AsffFinding } from '../../shared/asff/asff.ts';
import { SekishoError } from '../../shared/base/errors.ts';
import { known, unknown } from '../../shared/base/known.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { ImageReference } from '../../shared/image/image-reference.ts';
import type {
  AlertQueue,
  ChatSender,
  DecidedQueue,
  FindingSink,
  ImageSource,
  WorkloadSource,
} from '../../shared/pipeline/ports.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';

export interface RegistryDocument {
  readonly mediaType: string;
  readonly body: string;
}

/** A registry of documents by digest; `reads` lists the digests in the order asked. */
export const imagesOf = (documents: Readonly<Record<string, RegistryDocument | SekishoError>>) => {
  const reads: string[] = [];
  const read = (image: ImageReference, digest: string): RegistryDocument => {
    reads.push(digest);
    const found = documents[digest] ?? new SekishoError('IMAGE_NOT_FOUND', `${image.repository} has no such image.`);
    if (found instanceof SekishoError) throw found;
    return found;
  };
  const images: ImageSource = {
    fetchManifest: async (image) => read(image, image.digest),
    fetchBlob: async (image, digest) => read(image, digest).body,
  };
  return { ...images, reads };
};

/** Nothing runs anywhere, and no task is known, unless the test says otherwise. */
export const workloadsThat = (change: Partial<WorkloadSource> = {}): WorkloadSource => ({
  workloadsOf: async (images) => images.map(() => known([])),
  taskContextOf: async () => unknown('ECS no longer knows the task'),
  ...change,
});

export const decidedQueue = (refuses: (finding: DecidedFinding) => boolean = () => false) => {
  const sent: DecidedFinding[] = [];
  const queue: DecidedQueue = {
    send: async (findings) =>
      findings.map((finding) => {
        if (refuses(finding)) return err(new SekishoError('AWS_UNAVAILABLE', 'The queue did not take it.'));
        sent.push(finding);
        return ok(undefined);
      }),
  };
  return { ...queue, sent };
};

/** One list of findings for every call. */
export const hubThat = (refusal: (finding: AsffFinding) => SekishoError | undefined = () => undefined) => {
  const calls: (readonly AsffFinding[])[] = [];
  const hub: FindingSink = {
    send: async (findings) => {
      calls.push(findings);
      return findings.map((finding) => {
        const error = refusal(finding);
        return error ? err(error) : ok(undefined);
      });
    },
  };
  return { ...hub, calls };
};

/** `fails`: asked before every message; what it answers is thrown. */
export const alertQueueThat = (fails: (group: string) => SekishoError | undefined = () => undefined) => {
  const scheduled: { readonly group: string; readonly delaySeconds: number }[] = [];
  const queue: AlertQueue = {
    schedule: async (group, delaySeconds) => {
      const error = fails(group);
      if (error) throw error;
      scheduled.push({ group, delaySeconds });
    },
  };
  return { ...queue, scheduled };
};

/** `fails`: asked before every message; what it answers is thrown. */
export const chatThat = (fails: () => SekishoError | undefined = () => undefined) => {
  const messages: unknown[] = [];
  const chat: ChatSender = {
    send: async (body) => {
      const error = fails();
      if (error) throw error;
      messages.push(body);
    },
  };
  return { ...chat, messages };
};
