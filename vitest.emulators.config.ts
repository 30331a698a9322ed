import { defineConfig } from 'vitest/config';

/** The contracts of the AWS adapters, asked of emulators that nobody here wrote. */
export default defineConfig({
  test: {
    include: ['test/emulators/*.emulated.ts'],
    globalSetup: ['test/emulators/start.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
