/** What the functions of an inspection ask of each other. */
import * as z from 'zod/mini';
import { SekishoError } from '../base/errors.ts';
import { type Digest, isDigest } from '../image/digest.ts';

const text = z.string().check(z.minLength(1), z.maxLength(1_024));
const digest = z.custom<Digest>(isDigest);
export const imageReference = z.object({ partition: text, account: text, region: text, repository: text, digest });

export const inspectionTask = z.object({
  /** The shape's own version. */
  task: z.literal('inspect-image-1'),
  /** One platform. */
  image: imageReference,
  /** Absent: pushed by digest. */
  tag: z.optional(text),
  /** It was not pushed by itself: an index that lists it was. */
  through: z.optional(z.literal('index')),
  /** ISO 8601 in UTC with milliseconds. */
  pushedAt: text,
});
/** Inspect an image whose layers are scanned. */
export type InspectionTask = z.infer<typeof inspectionTask>;

/**
 * The platforms of an index are pushed before it, each by its digest. Only the index says under which tag: what was
 * pushed by digest waits this long for an index that lists it.
 */
const INDEX_WAIT_SECONDS = 60;

export const inspectionDelay = ({ tag }: Pick<InspectionTask, 'tag'>): number =>
  tag === undefined ? INDEX_WAIT_SECONDS : 0;

const layerTask = z.object({
  task: z.literal('scan-layer-1'),
  /** An image that has the layer: from its repository it is read. */
  image: imageReference,
  layer: z.object({
    digest,
    size: z.int().check(z.nonnegative()),
    mediaType: z.string(),
    diffId: z.optional(digest),
  }),
});
/** Scan one layer. */
export type LayerTask = z.infer<typeof layerTask>;

/** Throws EVENT_INVALID. */
export const parseInspectionTask = (body: string): InspectionTask => parsed(body, inspectionTask);
/** Throws EVENT_INVALID. */
export const parseLayerTask = (body: string): LayerTask => parsed(body, layerTask);

const parsed = <T extends z.ZodMiniType>(body: string, shape: T): z.infer<T> => {
  const result = shape.safeParse(jsonOf(body));
  if (result.success) return result.data;
  throw new SekishoError('EVENT_INVALID', 'The message is no task of this version.', { cause: result.error });
};

const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new SekishoError('EVENT_INVALID', 'The message is not JSON.', { cause });
  }
};
