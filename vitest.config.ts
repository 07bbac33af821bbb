/** Unit tests of all layers run in Node; what needs a window is tested in one (e2e/). */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { fastTemp } from './scripts/fast-temp.mjs';

const temporary = fastTemp();

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['{shared,electron,renderer,scripts,e2e/readback}/**/*.test.{ts,tsx}'],
    environment: 'node',
    ...(temporary !== undefined && { env: { TMPDIR: temporary } }),
    // Not a measure of speed: on a busy machine everything takes ten times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The default leaves a processor free, which is half of a machine of two.
    maxWorkers: availableParallelism(),
  },
});
