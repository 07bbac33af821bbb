/**
 * A point clicked on a known pixel is stored within half a pixel of it and drawn back on it: for EXIF 1 to 8, window sizes, zooms and device scale
 * factors. Where the pixel is on the screen is found on a screenshot, so that nothing of the app's own geometry proves itself.
 */
import type { ElectronApplication, Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { madePicture, withExif, writeJpeg } from '../../electron/core/media/test-photos.ts';
import { makeProject } from './make-project.ts';
import { expect, launch, quit, test } from './app.ts';
import { findOnScreen } from './find-on-screen.ts';
import { stored } from './project-file.ts';

/** The file's pixels before EXIF turns them. */
const FILE = { width: 420, height: 300 };
/** Middle of the white block in the file, in pixels: off the middle, and in view at every zoom that is tried. */
const TARGET = { x: 157.5, y: 183.5 };
const HALF = 4;

/** Where a position of the file is in the upright image. EXIF 5 to 8 swap width and height. */
function upright(orientation: number): { x: number; y: number; widthPx: number; heightPx: number } {
  const { width, height } = FILE;
  const { x, y } = TARGET;
  const [left, right, top, bottom] = [x, width - x, y, height - y];
  const at = [null, [left, top], [right, top], [right, bottom], [left, bottom], [top, left], [bottom, left], [bottom, right], [top, right]][orientation]!;
  const turned = orientation > 4;
  return { x: at[0]!, y: at[1]!, widthPx: turned ? height : width, heightPx: turned ? width : height };
}

async function makePhotos(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let orientation = 1; orientation <= 8; orientation++) {
    const picture = madePicture(orientation, FILE.width, FILE.height);
    for (let y = 0; y < FILE.height; y++) {
      for (let x = 0; x < FILE.width; x++) {
        const inside = Math.abs(x + 0.5 - TARGET.x) < HALF && Math.abs(y + 0.5 - TARGET.y) < HALF;
        // Dark and grey but for the target; a few shades, or the eight would be near duplicates.
        const shade = inside ? 255 : 20 + (((x >> 5) + (y >> 5) + orientation * 3) % 20);
        picture.data.set([shade, shade, shade], (y * FILE.width + x) * 4);
      }
    }
    const file = path.join(folder, `exif-${orientation}.jpg`);
    await writeJpeg(picture, file);
    writeFileSync(file, withExif(readFileSync(file), orientation));
  }
}

const resize = (app: ElectronApplication, width: number, height: number) =>
  app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height), { width, height });

/** The dark theme: a light stage would be as white as the target. */
async function prepare(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
}

for (const factor of [1, 1.5, 2]) {
  test(`at device scale factor ${factor} every click lands on its pixel`, async ({ home, projects }) => {
    test.setTimeout(240_000);
    const folder = path.join(projects, 'geometry');
    await makePhotos(path.join(home, 'photos'));

    await makeProject(folder, path.join(home, 'photos'));
    const { app, page } = await launch({ home, projects, args: [`--force-device-scale-factor=${factor}`, '--project', folder] });
    const worst = { stored: 0, drawn: 0 };
    try {
      await page.getByRole('gridcell').first().dblclick();
      await expect(page.getByRole('application')).toBeVisible();
      expect(await page.evaluate(() => devicePixelRatio)).toBe(factor);
      await prepare(page);
      const sizes =
        factor === 1
          ? [
              [1280, 800],
              [1713, 977],
            ]
          : [[1280, 800]];
      for (const [n, size] of sizes.entries()) {
        await resize(app, size[0]!, size[1]!);
        // Every orientation once; elsewhere one that turns nothing and those that turn, mirror, and do both.
        for (const orientation of factor === 1 && n === 0 ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 4, 5, 6]) {
          const name = `exif-${orientation}.jpg`;
          await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
          await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
          if (n === 0) {
            await page.keyboard.press('Alt+3');
            await expect(page.getByRole('application')).toBeFocused();
            await page.keyboard.press('l');
            await expect(page.getByRole('combobox')).toBeFocused();
            await page.keyboard.type('target');
            await page.keyboard.press('Enter');
          }
          const truth = upright(orientation);
          await page.keyboard.press('f');
          for (const zoom of ['fit', 'in', 'one-to-one'] as const) {
            if (zoom === 'in') for (let i = 0; i < 3; i++) await page.keyboard.press('=');
            if (zoom === 'one-to-one') await page.keyboard.press('o');
            await page.mouse.move(5, 5);
            await page.waitForTimeout(250);
            const at = await findOnScreen(page, 'white');
            const count = stored(folder, name).sets[0]?.points.length ?? 0;
            await page.mouse.click(at.x, at.y);
            await page.mouse.move(5, 5);
            await expect.poll(() => stored(folder, name).sets[0]?.points.length).toBe(count + 1);
            const [xPct, yPct] = stored(folder, name).sets[0]!.points.at(-1)!;
            const off = Math.max(Math.abs((xPct / 100) * truth.widthPx - truth.x), Math.abs((yPct / 100) * truth.heightPx - truth.y));
            expect(off, `${name}, ${size.join('x')}, ${zoom}: stored ${xPct} ${yPct}`).toBeLessThan(0.5);
            await page.waitForTimeout(150);
            const drawn = await findOnScreen(page, 'marker', at);
            const scale = Number.parseInt((await page.getByTestId('zoom').textContent())!, 10) / 100 / factor;
            // Half an image pixel for the click, half a device pixel on each side for what a bounding box can tell.
            const offDrawn = Math.max(Math.abs(drawn.x - at.x), Math.abs(drawn.y - at.y));
            expect(offDrawn, `${name}, ${size.join('x')}, ${zoom}: drawn`).toBeLessThan(0.5 * scale + 1 / factor);
            Object.assign(worst, { stored: Math.max(worst.stored, off), drawn: Math.max(worst.drawn, offDrawn * factor) });
            await page.keyboard.press('Control+z');
            await expect.poll(() => stored(folder, name).sets[0]?.points.length).toBe(count);
          }
        }
      }
      console.log(`scale factor ${factor}: stored within ${worst.stored.toFixed(3)} image pixels, drawn within ${worst.drawn.toFixed(2)} device pixels`);
    } finally {
      await quit(app);
    }
  });
}
