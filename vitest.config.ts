import { defineConfig } from 'vitest/config';
import EndToEndFirst from './test/support/end-to-end-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['./test/support/shared-storage.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    sequence: { sequencer: EndToEndFirst },
    // End-to-end tests mostly wait for queues and quotas: more of them than cores can run at once.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
