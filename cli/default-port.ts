/** Where a runtime listens when nobody says: the same place every time, if it is free. */
import { createServer } from 'node:net';

export const DEFAULT_PORT = 4700;

/** The default port, or 0 (any free one) when another runtime, or anything else, has it. */
export const defaultPortIfFree = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(DEFAULT_PORT, '127.0.0.1', () => probe.close(() => resolve(DEFAULT_PORT)));
  });
