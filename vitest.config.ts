import { defineConfig } from 'vitest/config';

const limits = { testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    // Both cores: the default leaves one free, for an editor that is not there.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...limits,
          name: 'shared',
          include: ['test/shared/**/*.test.ts'],
          // What a file changes for all it puts back, and most files take less time than a worker's start.
          isolate: false,
          pool: 'forks',
        },
      },
      {
        test: {
          ...limits,
          name: 'rest',
          include: ['test/**/*.test.ts'],
          exclude: ['test/slow/**', 'test/shared/**'],
          // The local runtime starts worker threads of its own; forks keep their memory apart from the test runner's.
          pool: 'forks',
        },
      },
    ],
  },
});
