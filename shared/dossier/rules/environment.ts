/** The variables of an image's config, one by one. */
import type { ImageConfig } from '../../image/config.ts';

/** `NAME=value`, in their order; the value may hold more `=`, and one that is missing is empty. */
export const environmentOf = ({ config }: ImageConfig): readonly (readonly [name: string, value: string])[] =>
  config.Env.map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
  });
