/** Finds things on a screenshot, so that nothing of the app's own geometry proves itself. */
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** Middle of what is white (`white`) or has the first label's colour (`marker`) on the stage, in CSS pixels of the page. */
export async function findOnScreen(page: Page, what: 'white' | 'marker', around?: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const box = (await page.getByRole('application').boundingBox())!;
  const png = (await page.screenshot({ scale: 'device' })).toString('base64');
  const found = await page.evaluate(
    async ({ png, what, box, around }) => {
      const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true })!;
      context.drawImage(bitmap, 0, 0);
      const factor = bitmap.width / innerWidth;
      const { data, width } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      // Free of the tools and the zoom display, which are white too.
      const [left, right, top, bottom] = [box.x, box.x + box.width, box.y + 60, box.y + box.height - 60].map((value) => Math.round(value * factor)) as [
        number,
        number,
        number,
        number,
      ];
      let [sum, sumX, sumY] = [0, 0, 0];
      let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const at = (y * width + x) * 4;
          const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
          if (what === 'white') {
            const light = Math.min(r, g, b) - 60;
            if (light <= 0 || Math.max(r, g, b) - Math.min(r, g, b) > 24) continue;
            sum += light;
            sumX += light * (x + 0.5);
            sumY += light * (y + 0.5);
          } else if (r > 200 && g > 60 && g < 150 && b < 120 && Math.hypot(x / factor - around!.x, y / factor - around!.y) < 30) {
            [minX, maxX, minY, maxY] = [Math.min(minX, x), Math.max(maxX, x + 1), Math.min(minY, y), Math.max(maxY, y + 1)];
          }
        }
      }
      return what === 'white' ? { x: sumX / sum / factor, y: sumY / sum / factor } : { x: (minX + maxX) / 2 / factor, y: (minY + maxY) / 2 / factor };
    },
    { png, what, box, around: around ?? null },
  );
  expect(Number.isFinite(found.x) && Number.isFinite(found.y), `${what} is on the stage`).toBe(true);
  return found;
}
