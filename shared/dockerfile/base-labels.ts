/** The base image that an image names itself, in the annotations that OCI has for it. */
import { type Digest, parseDigest } from '../image/digest.ts';
import { fullImageName } from './image-name.ts';
import type { ToldEntry } from './told-entry.ts';

const NAME = 'org.opencontainers.image.base.name';
const DIGEST = 'org.opencontainers.image.base.digest';

export interface NamedBase {
  readonly name?: string;
  readonly digest?: Digest;
}

/** `values`: the manifest's annotations, which nobody inherits, or the config's labels. Undefined: they name none. */
export const namedBase = (values: Readonly<Record<string, string>>): NamedBase | undefined => {
  const name = fullImageName(values[NAME] ?? '');
  const digest = parseDigest(values[DIGEST]);
  return name || digest ? { ...(name && { name }), ...(digest && { digest }) } : undefined;
};

/** Index of the instruction that set such a label; -1: none did. An image inherits the label with its base image's. */
export const baseLabelSetAt = (entries: readonly ToldEntry[]): number =>
  entries.findLastIndex(
    ({ keyword, text }) => keyword === 'LABEL' && (text.includes(`${NAME}=`) || text.includes(`${DIGEST}=`)),
  );
