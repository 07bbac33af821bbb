/** Makes the pictures of the documentation (`npm run screens`); proves nothing, so no lane of `npm test` runs it. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  globalSetup: '../electron/global-setup.ts',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 300_000,
  outputDir: '../../test-results/screens-run',
  reporter: 'list',
});
