/** The name of a base image, in the ways in which people write it. */
import { matchesGlob } from '../../base/glob.ts';
import { fullImageName } from '../../dockerfile/image-name.ts';
import type { BaseImage } from '../inspected-image.ts';

/** What Docker lets people leave out. */
const LEFT_OUT = ['docker.io/library/', 'docker.io/'] as const;

/** As it may be shown: a label may hold anything, also a user and a password. */
export const shownName = (name: string): string =>
  fullImageName(name) === undefined ? 'an image without a valid name' : name;

/** Nothing below the image's own layers. */
export const isFromScratch = ({ name, layers }: BaseImage): boolean =>
  name === 'scratch' || (name === undefined && layers === 0);

/** Whether a pattern takes the name as it is written, in full, or as Docker's short one. */
export const isAllowed = (name: string, patterns: readonly string[]): boolean => {
  const full = fullImageName(name) ?? name;
  const short = LEFT_OUT.flatMap((start) => (full.startsWith(start) ? [full.slice(start.length)] : []));
  return [name, full, ...short].some((written) => patterns.some((pattern) => matchesGlob(pattern, written)));
};
