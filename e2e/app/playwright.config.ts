/** End to end in Debian's Chromium against the server host: what a team's browser sees. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 60_000,
  // Two cores draw, serve and test at the same time.
  expect: { timeout: 15_000 },
  // Windows, workers and tests share two cores with whatever else the machine does; a second failure is one.
  retries: 1,
  outputDir: '../../test-results/app',
  reporter: 'list',
  forbidOnly: Boolean(process.env['CI']),
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { executablePath: process.env['POINTILLIST_CHROMIUM'] ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
  },
});
