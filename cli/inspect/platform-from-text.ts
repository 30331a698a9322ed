/** A platform as people write it for `docker pull`, in the one form in which it is compared. */
import { platformName } from '../../shared/dossier/platform-name.ts';

/** `linux/arm64/v8`, `LINUX/arm64` and `arm64` are all `linux/arm64`. */
export const platformFromText = (text: string): string => {
  const parts = text.toLowerCase().split('/');
  const [os = '', architecture = '', variant] = parts.length === 1 ? ['linux', ...parts] : parts;
  return platformName({ os, architecture, ...(variant !== undefined && { variant }) });
};
