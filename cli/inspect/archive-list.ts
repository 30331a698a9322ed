/** The list of images in an archive of `docker save`, and the one that is meant. */
import * as z from 'zod/mini';
import { SekishoError } from '../../shared/base/errors.ts';

const LIST = z.array(
  z.object({ Config: z.string(), RepoTags: z.nullish(z.array(z.string())), Layers: z.array(z.string()) }),
);

export interface ArchivedImage {
  /** Name of a file in the archive. */
  readonly config: string;
  /** Names of files in the archive, lowest layer first. */
  readonly layers: readonly string[];
  /** `shop/app:1.4`. */
  readonly tags: readonly string[];
}

/** `file`: for the message. Throws MANIFEST_INVALID. */
export const parseArchiveList = (text: string, file: string): readonly ArchivedImage[] => {
  const read = LIST.safeParse(parsed(text));
  if (read.success && read.data.length > 0)
    return read.data.map(({ Config, RepoTags, Layers }) => ({ config: Config, layers: Layers, tags: RepoTags ?? [] }));
  throw new SekishoError('MANIFEST_INVALID', `${file} is no archive of docker save: its manifest.json lists no image.`);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export interface ChosenImage {
  readonly image: ArchivedImage;
  /** The name that it has in the archive; absent: none. */
  readonly name?: string;
}

/** `wanted`: a name, also without its registry, or its tag alone; undefined: the only image. Throws IMAGE_NOT_FOUND. */
export const chooseArchived = (
  images: readonly ArchivedImage[],
  wanted: string | undefined,
  file: string,
): ChosenImage => {
  // Podman and skopeo write the registry before it: `docker.io/shop/app:1`.
  const isWanted = (name: string): boolean =>
    name === wanted || name.endsWith(`/${wanted}`) || name.endsWith(`:${wanted}`);
  const [only, ...others] = wanted === undefined ? images : images.filter(({ tags }) => tags.some(isWanted));
  if (only !== undefined && others.length === 0) {
    const name = wanted === undefined ? only.tags[0] : only.tags.find(isWanted);
    return { image: only, ...(name !== undefined && { name }) };
  }
  const names = images.flatMap(({ tags }) => tags);
  const listed = names.slice(0, 10).join(', ') || 'none has a name';
  throw new SekishoError(
    'IMAGE_NOT_FOUND',
    only === undefined
      ? `${file} has no image ${wanted}: ${listed}.`
      : `${file} holds ${images.length} images: say which as docker-archive:FILE:TAG (${listed}).`,
  );
};
