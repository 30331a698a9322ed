/** A platform in one word, as container runtimes write it: `linux/arm64`, `linux/arm/v7`. */

/** Empty fields are `unknown`. Every arm64 is v8, which runtimes leave out. */
export const platformName = (platform: {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}): string => {
  const { os, architecture, variant } = platform;
  const said = variant && !(architecture === 'arm64' && variant === 'v8') ? `/${variant}` : '';
  return `${os || 'unknown'}/${architecture || 'unknown'}${said}`;
};
