import { defineConfig } from 'vitest/config';

/** The whole service end to end; one file at a time, because each starts the service. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
