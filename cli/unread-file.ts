/** Why a file could not be read, in words: what Node.js says is a code and a system call. */

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file: a part of its path is a file itself',
  EISDIR: 'it is a directory',
  EACCES: 'you have no right to read it',
  EPERM: 'you have no right to read it',
  ELOOP: 'its symbolic links lead nowhere',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  EIO: 'its disk does not answer',
};

/** One clause. `thrown`: by node:fs. */
export const unreadReason = (thrown: unknown): string => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
  const reason = code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return reason ?? `it cannot be read (${code ?? String(thrown)})`;
};
