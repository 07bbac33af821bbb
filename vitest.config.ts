/** Unit tests of all layers run in Node; what needs a window is tested in one (e2e/). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['{shared,electron,renderer,scripts,e2e/readback}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Not a measure of speed: on a busy machine everything takes ten times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
