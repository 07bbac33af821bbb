/** The annotator's moments in the real window: the next image, a click to painted and to saved, a key in a long caption. Each against a bare page in the same runtime. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { benchCore } from './lib/core.ts';
import { photoFiles } from './lib/photos.ts';
import { median, percentile, report, reportFigure } from './lib/report.ts';
import { openApp, openFloor, painted } from './lib/window.ts';

const CLICKS = 60;
const KEYS = 60;
const IMAGES = 12;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));

interface Waiting {
  timed: Promise<number>;
}

/** Milliseconds from an input event to the end of the second frame after it, as the page sees them. */
async function eventToFrame(page: Page, type: 'pointerup' | 'keydown', act: () => Promise<void>): Promise<number> {
  // Told before the input is sent: the two take different ways to the page.
  await page.evaluate((name) => {
    (globalThis as unknown as Waiting).timed = new Promise((resolve) => {
      const listener = (event: Event) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - event.timeStamp)));
      addEventListener(name, listener, { once: true, capture: true });
    });
  }, type);
  await act();
  return page.evaluate(() => (globalThis as unknown as Waiting).timed);
}

async function times(count: number, measure: (index: number) => Promise<number>): Promise<number[]> {
  const list: number[] = [];
  for (let index = -3; index < count; index++) {
    const time = await measure(index);
    if (index >= 0) list.push(time);
  }
  return list;
}

async function bare(): Promise<{ click: number[]; key: number[] }> {
  const window = await openFloor(photoFiles()[0]!);
  const { page } = window;
  await painted(window);
  await page.evaluate((text) => {
    document.body.insertAdjacentHTML('beforeend', '<textarea style="position:fixed;right:0;top:0;width:400px;height:400px"></textarea>');
    document.querySelector('textarea')!.value = text;
    addEventListener('pointerup', (event) => {
      const context = document.querySelector('canvas')!.getContext('2d')!;
      context.arc(event.clientX, event.clientY, 11, 0, 7);
      context.fill();
    });
  }, 'word '.repeat(600));
  const click = await times(CLICKS, (index) => eventToFrame(page, 'pointerup', () => page.mouse.click(100 + (index % 10) * 20, 200)));
  await page.locator('textarea').focus();
  const key = await times(KEYS, () => eventToFrame(page, 'keydown', () => page.keyboard.press('a')));
  await window.close();
  return { click, key };
}

try {
  const project = path.join(home, 'project');
  const core = await benchCore(project);
  const { jobId } = await core.client.call('images.import', { paths: photoFiles().slice(0, 60), mode: 'reference' });
  await core.finish(jobId);
  await core.close();
  const floor = await bare();

  const window = await openApp(home, project);
  const { page } = window;
  await page.getByRole('gridcell').first().dblclick();
  await page.waitForFunction(() => performance.getEntriesByName('image-painted').length > 0);
  await page.waitForTimeout(1500);

  const next = await times(IMAGES, async () => {
    const before = await page.evaluate(() => performance.getEntriesByName('image-painted').length);
    await page.evaluate(() => {
      (globalThis as unknown as Waiting).timed = new Promise((resolve) =>
        addEventListener('keydown', (event) => event.key === 'ArrowRight' && resolve(event.timeStamp), { capture: true }),
      );
    });
    await page.keyboard.press('Alt+ArrowRight');
    const at = await page.evaluate(() => (globalThis as unknown as Waiting).timed);
    await page.waitForFunction((count) => performance.getEntriesByName('image-painted').length > count, before, { polling: 'raf' });
    const time = await page.evaluate(() => performance.getEntriesByName('image-painted').at(-1)!.startTime);
    await page.waitForTimeout(700);
    return time - at;
  });
  reportFigure('next image, decoded ahead, key to painted', median(next), 'ms', '<= 33');
  reportFigure('next image, 95th percentile', percentile(next, 95), 'ms', '<= 50');

  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.keyboard.press('l');
  await page.keyboard.type('thing');
  await page.keyboard.press('Enter');
  const box = (await page.getByRole('application').boundingBox())!;
  const click = await times(CLICKS, (index) =>
    eventToFrame(page, 'pointerup', async () => {
      await page.waitForTimeout(300);
      await page.mouse.click(box.x + box.width * (0.3 + ((index + 3) % 10) * 0.04), box.y + box.height * (0.3 + Math.floor((index + 3) / 10) * 0.05));
    }),
  );
  report({ what: 'click to painted, two frames', unit: 'ms', ours: median(click), floor: median(floor.click), goal: '<= 50 ms' });

  await page.keyboard.press('Alt+1');
  const field = page.getByRole('textbox').first();
  await field.focus();
  await page.keyboard.insertText('word '.repeat(600));
  await page.waitForTimeout(1000);
  const key = await times(KEYS, () => eventToFrame(page, 'keydown', () => page.keyboard.press('a')));
  report({ what: 'key in a caption of 3,000 characters to painted', unit: 'ms', ours: median(key), floor: median(floor.key), goal: '1' });
  report({ what: 'key in a caption, 95th percentile', unit: 'ms', ours: percentile(key, 95), floor: percentile(floor.key, 95), goal: '1' });
  await window.close();
} finally {
  rmSync(home, { recursive: true, force: true });
}
