/** How much of one layer is read at most: what lies beyond is not read, and the report says so. */

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

export interface Budget {
  /** Of the blob as the registry stores it. */
  readonly compressedBytes: number;
  /** Of the tar. */
  readonly uncompressedBytes: number;
  /** Uncompressed bytes for one compressed byte, once there are more than `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
  readonly entries: number;
  readonly milliseconds: number;
  /** Files whose paths the report's path set holds. */
  readonly paths: number;
  /** UTF-16 units of all whiteouts' paths together. */
  readonly whiteoutLength: number;
}

export const DEFAULT_BUDGET: Budget = {
  // Layers of machine-learning images reach 10 GB; one that is larger takes longer than a function may run.
  compressedBytes: 16 * GIB,
  uncompressedBytes: 32 * GIB,
  // Text and zeroed files stay far below it over a whole layer; a gzip bomb has 1,029:1, one of zstd 32,730:1.
  ratio: 200,
  // Small layers with one empty database file in them are no bombs.
  ratioFreeBytes: 100 * MIB,
  // A large monorepo's node_modules has some 500,000 files.
  entries: 2_000_000,
  // Below the 15 minutes for which a Lambda function may run, with time left to write down what was found.
  milliseconds: 12 * 60 * 1000,
  // 8 bytes each, in memory and in the report.
  paths: 500_000,
  whiteoutLength: 8 * MIB,
};
