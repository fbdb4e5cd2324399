import { defineConfig } from 'vitest/config';

const COMPILE = ['test/setup/compile.ts'];

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 30_000, setupFiles: ['test/setup/fast-check.ts'] } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'cli', globalSetup: COMPILE, include: ['test/cli/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'docs', globalSetup: COMPILE, include: ['test/docs/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'models', globalSetup: COMPILE, include: ['test/models/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'gateway', globalSetup: COMPILE, include: ['test/gateway/**/*.test.ts'], testTimeout: 300_000 } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 300_000 } },
      { test: { name: 'browser', globalSetup: COMPILE, include: ['test/browser/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
});
