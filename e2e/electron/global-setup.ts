/** Before the Electron tests: the sample project is made by the app's first start, and is complete once nothing goes on behind it any more. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, quit } from './app.ts';
import { call } from './pointing.ts';
import { READY_SAMPLE } from './ready-sample.ts';

const LIMIT_MS = 120_000;

interface Job {
  readonly state: string;
}

/** Playwright calls it, and calls what it returns after the last test. */
export default async function makeReadySample(): Promise<() => void> {
  const place = mkdtempSync(path.join(tmpdir(), 'pointillist-ready-'));
  const { app, page } = await launch({ home: path.join(place, 'home'), projects: path.join(place, 'projects') });
  try {
    await page.getByRole('gridcell').nth(14).waitFor({ timeout: LIMIT_MS });
    const end = Date.now() + LIMIT_MS;
    // Three looks in a row: reading begins where indexing ends.
    for (let quiet = 0; quiet < 3 && Date.now() < end;) {
      const { value: jobs } = (await call(page, 'jobs.list', {})) as { value: readonly Job[] };
      quiet = jobs.some(({ state }) => state === 'running') ? 0 : quiet + 1;
      await page.waitForTimeout(300);
    }
  } finally {
    await quit(app);
  }
  process.env[READY_SAMPLE] = place;
  return () => rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}
