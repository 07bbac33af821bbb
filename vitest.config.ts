/** Unit tests of all layers run in Node; what needs a window is tested in one (e2e/). */
import { defineConfig } from 'vitest/config';

// oxlint-disable-next-line import/no-default-export -- Vitest reads the default export
export default defineConfig({
  test: { root: import.meta.dirname, include: ['{shared,electron,renderer,scripts,e2e/readback}/**/*.test.{ts,tsx}'], environment: 'node' },
});
