/** How much of its memory setting a function takes when it runs in a thread: V8 counts per thread, the system does not. */

const MB = 1024 * 1024;

/**
 * What a Node.js process holds besides the isolate of its main thread: code, stacks, libuv. Measured with Node.js 24
 * on Linux: 43 MB resident, 8 MB of them the isolate's. A thread shares it, on Lambda each environment has its own.
 */
export const NODE_BASE_MB = 35;

/** Heap as V8 has taken it from the system, and what hangs on it: Buffers, array buffers, WebAssembly memory. */
export const isolateBytes = (statistics: {
  readonly total_heap_size: number;
  readonly external_memory: number;
}): number => statistics.total_heap_size + statistics.external_memory;

/** Megabytes that the function would have had in a process of its own, for its REPORT line and its limit. */
export const usedMbOfThread = (bytes: number): number => NODE_BASE_MB + Math.ceil(bytes / MB);
