/** Whether the user that an image's config names is root. */

/** Larger uids overflow in containerd before 1.6.38, 1.7.27 and 2.0.4, and may then be root (CVE-2024-40635). */
const LARGEST_UID = 2 ** 31 - 1;
/** A name or uid, and maybe a group. */
const USER = /^([a-z0-9_][a-z0-9_.-]*)?(?::[a-z0-9_.-]*)?$/i;

/**
 * `user` as in `config.User`: `1000`, `1000:1000`, `app`, or empty, which is root. Names are taken at their word: the
 * image's /etc/passwd could still give uid 0 to another name. Undefined for text that runtimes read differently.
 */
export const userIsRoot = (user: string): boolean | undefined => {
  const match = USER.exec(user);
  if (!match) return undefined;
  const name = match[1] ?? '';
  if (!/^\d+$/.test(name)) return name === '' || name === 'root';
  return Number(name) <= LARGEST_UID ? Number(name) === 0 : undefined;
};
