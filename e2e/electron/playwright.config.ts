/** End to end in the real desktop app: one worker, as every test starts an Electron of its own on one screen. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 60_000,
  outputDir: '../../test-results/electron',
  reporter: 'list',
  forbidOnly: Boolean(process.env['CI']),
});
