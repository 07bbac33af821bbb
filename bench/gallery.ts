/** Frame intervals while 100,000 cards scroll, against an empty page that scrolls in the same runtime, in turns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { makeBigProject } from './lib/big-project.ts';
import { photoFiles } from './lib/photos.ts';
import { percentile, report, reportFigure } from './lib/report.ts';
import { openApp, openFloor } from './lib/window.ts';

const IMAGES = 100_000;
const ROUNDS = 3;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));

/** Milliseconds between frames while the largest scrolling element moves by `step` pixels a frame for three seconds. */
function scrollFrames(page: Page, step: number): Promise<number[]> {
  return page.evaluate(
    (pixels) =>
      new Promise<number[]>((resolve) => {
        const scrolls = [document.scrollingElement!, ...document.querySelectorAll('main *')].filter(
          (element) => element.scrollHeight > element.clientHeight + 1000,
        );
        const target = scrolls.sort((a, b) => b.scrollHeight - a.scrollHeight)[0]!;
        const intervals: number[] = [];
        let last = 0;
        const end = performance.now() + 3000;
        const frame = (now: number) => {
          if (last > 0) intervals.push(now - last);
          last = now;
          target.scrollTop += pixels;
          if (now < end) requestAnimationFrame(frame);
          else resolve(intervals);
        };
        requestAnimationFrame(frame);
      }),
    step,
  );
}

try {
  const project = path.join(home, 'project');
  await makeBigProject(project, IMAGES);
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const empty = await openFloor(photoFiles()[0]!);
    await empty.page.evaluate(() => document.body.replaceChildren(Object.assign(document.createElement('div'), { style: 'height: 5000000px' })));
    floor.push(...(await scrollFrames(empty.page, 40)));
    await empty.close();
    const window = await openApp(home, project);
    await window.page.getByRole('gridcell').first().waitFor();
    await window.page.waitForTimeout(1500);
    ours.push(...(await scrollFrames(window.page, 40)));
    if (round === 0) {
      const begun = Date.now();
      await window.page.keyboard.press('End');
      await window.page.waitForFunction(
        () => [...document.querySelectorAll<HTMLImageElement>('main img')].filter((image) => image.complete && image.naturalWidth > 0).length > 8,
      );
      reportFigure('gallery, jump to the last of 100,000', Date.now() - begun, 'ms', '<= 100');
    }
    await window.close();
  }
  report({ what: 'gallery, frame interval at the 95th percentile', unit: 'ms', ours: percentile(ours, 95), floor: percentile(floor, 95), goal: '1' });
  report({ what: 'gallery, frame interval, median', unit: 'ms', ours: percentile(ours, 50), floor: percentile(floor, 50), goal: '1' });
} finally {
  rmSync(home, { recursive: true, force: true });
}
