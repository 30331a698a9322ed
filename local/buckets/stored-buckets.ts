/** The buckets in the embedded server's store: made as the template has them, counted, and rid of what has expired. */
import type { Stores } from '../queues/embedded-store.ts';
import { dayOf, type Expiration, isExpired } from './expiration.ts';

export interface BucketCounts {
  readonly objects: number;
  readonly bytes: number;
}

export interface StoredBuckets {
  readonly create: (name: string, expirations: readonly Expiration[]) => void;
  readonly counts: () => Readonly<Record<string, BucketCounts>>;
  /** To be called before anything is read. */
  readonly dropExpired: (nowMs: number) => void;
}

type S3Store = Stores['s3Store'];

export const createStoredBuckets = (store: S3Store): StoredBuckets => {
  const rules = new Map<string, readonly Expiration[]>();
  let sweptDay = Number.NEGATIVE_INFINITY;
  const objectsOf = (bucket: string): ReturnType<S3Store['listObjects']>['objects'] =>
    store.listObjects(bucket, { maxKeys: Number.POSITIVE_INFINITY }).objects;

  return {
    create: (name, expirations) => {
      store.createBucket(name);
      rules.set(name, expirations);
    },
    counts: () =>
      Object.fromEntries(
        store.listBuckets().map(({ name }): [string, BucketCounts] => {
          const objects = objectsOf(name);
          return [
            name,
            { objects: objects.length, bytes: objects.reduce((sum, { contentLength }) => sum + contentLength, 0) },
          ];
        }),
      ),
    dropExpired: (nowMs) => {
      if (dayOf(nowMs) === sweptDay) return;
      sweptDay = dayOf(nowMs);
      for (const [bucket, expirations] of rules) {
        if (!store.hasBucket(bucket)) continue;
        for (const object of objectsOf(bucket))
          if (isExpired(object, expirations, nowMs)) store.deleteObject(bucket, object.key);
      }
    },
  };
};
