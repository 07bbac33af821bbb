/** End to end in the real desktop app: a worker for each screen, as every test starts an Electron of its own. */
import { defineConfig } from '@playwright/test';
import { screens } from './screens.ts';

export default defineConfig({
  testDir: '.',
  globalSetup: './global-setup.ts',
  testMatch: '**/*.spec.ts',
  workers: screens().length || 1,
  timeout: 90_000,
  // Two apps share two cores.
  expect: { timeout: 15_000 },
  // Windows, workers and tests share two cores with whatever else the machine does; a second failure is one.
  retries: 1,
  outputDir: '../../test-results/electron',
  reporter: 'list',
  forbidOnly: Boolean(process.env['CI']),
});
