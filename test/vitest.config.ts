import { defineConfig } from 'vitest/config';

/** type-graphql and the tests must share one copy of graphql; the bundler would otherwise load its second entry. */
const alias = [{ find: /^graphql$/, replacement: 'graphql/index.js' }];

const common = { pool: 'forks', maxWorkers: 2, hookTimeout: 60_000, testTimeout: 30_000 } as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/support/summaryReporter.ts'],
    projects: [
      {
        resolve: { alias },
        test: { ...common, name: 'unit', include: ['{schema,ingest,server,web}/src/**/*.test.{ts,tsx}'] },
      },
      { resolve: { alias }, test: { ...common, name: 'boundaries', include: ['test/boundaries.test.ts'] } },
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/packaging/**/*.test.ts'],
          globalSetup: ['./test/support/sharedPostgres.ts'],
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          ...common,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
