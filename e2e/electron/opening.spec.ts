/** How an image gets to the screen: counted, not timed. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

/** Notes every address that the worker which decodes reads from now on. */
async function followReads(page: Page): Promise<() => Promise<string[]>> {
  const worker = page.workers().find((one) => one.url().includes('decode-worker'))!;
  await worker.evaluate(() => {
    const urls: string[] = [];
    const plain = globalThis.fetch;
    const fetch = (url: string, options: RequestInit) => (urls.push(url), plain(url, options));
    Object.assign(globalThis, { urls, fetch });
  });
  return () => worker.evaluate(() => (globalThis as unknown as { urls: string[] }).urls);
}
const painted = (page: Page) => page.evaluate(() => performance.getEntriesByName('image-painted').length);

test('each image is read once, past the main process, also when it was decoded ahead', async ({ page }) => {
  await page.getByRole('gridcell', { name: /coins.jpg/ }).dblclick();
  await expect.poll(() => painted(page)).toBe(1);
  // Its neighbours are there too.
  await page.waitForTimeout(1500);
  const read = await followReads(page);
  for (let n = 2; n <= 4; n++) {
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => painted(page)).toBe(n);
  }
  // Two were ahead already: each step reads one more.
  await expect.poll(async () => (await read()).length).toBe(3);
  const urls = await read();
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls.filter((url) => !url.startsWith('picture://pointillist/media/image/'))).toEqual([]);
});

test('a click on the image changes digits in the panel, and makes none of its buttons again', async ({ page }) => {
  await page.getByRole('gridcell', { name: /coins.jpg/ }).dblclick();
  await expect.poll(() => painted(page)).toBe(1);
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('l');
  await page.keyboard.type('coin');
  await page.keyboard.press('Enter');
  const stage = (await page.getByRole('application').boundingBox())!;
  const click = (x: number) => page.mouse.click(stage.x + stage.width * x, stage.y + stage.height * 0.5);
  await click(0.4);
  await expect(page.getByTestId('point-counts')).toHaveText(/coin: 1/);
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    new MutationObserver((list) => {
      for (const { target, type } of list) seen.push(`${type} ${(target instanceof Element ? target : target.parentElement!).tagName}`);
    }).observe(document.querySelector('[data-work=points]')!, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await click(0.5);
  await expect(page.getByTestId('point-counts')).toHaveText(/coin: 2/);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  expect(new Set(seen)).toEqual(new Set(['characterData SPAN']));
});
