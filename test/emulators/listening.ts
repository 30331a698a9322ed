/** On which addresses a process listens: Linux tells, other systems do not. */
import { readdir, readFile, readlink } from 'node:fs/promises';

const LISTEN = '0A';
/** 127.0.0.1 as /proc/net/tcp writes it: the bytes of each 32-bit word in the machine's order. */
const LOOPBACK = '0100007F';

/** What the process listens on beyond 127.0.0.1, as `/proc/net` writes it; undefined where there is no /proc. */
export const listensBeyondLoopback = async (pid: number): Promise<readonly string[] | undefined> => {
  if (process.platform !== 'linux') return undefined;
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const links = await Promise.all(
    // A descriptor that was closed meanwhile is no listener.
    descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')),
  );
  const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8')));
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTEN && own.has(inode ?? ''))
    .flatMap(([, address = '']) => (address.startsWith(`${LOOPBACK}:`) ? [] : [address]));
};
