import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**'],
    // The local runtime starts worker threads of its own; forks keep their memory apart from the test runner's.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
