import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { openGallery, openImage, test } from './served-project.ts';

/** What axe finds, each as one line that names the rule and the element. */
async function findings(page: Page): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  // Experimental: takes the initials on the person's menu for words that its name must hold.
  const { violations } = await builder.disableRules('label-content-name-mismatch').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the gallery and on an image, ${colorScheme}`, async ({ page, served }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openGallery(page, served.url);
    expect(await findings(page)).toEqual([]);
    await openImage(page, served.url, 'mountain-path.jpg');
    for (const tab of ['Caption', 'Questions', 'Points']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      expect(await findings(page)).toEqual([]);
    }
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test.describe('in Japanese', () => {
  test.use({ locale: 'ja-JP' });
  test('the app speaks the browser’s language, and axe finds nothing', async ({ page, served }) => {
    await page.goto(served.url);
    await expect(page.getByRole('grid', { name: '画像' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
    expect(await findings(page)).toEqual([]);
  });
});
