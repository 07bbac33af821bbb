/** Findings in the real window: a contradiction and a filler beside the text, a fix by a key, a dismissal with a reason, and handing in that waits for them. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';
import { expect, test } from './app.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const shots = process.env['POINTILLIST_SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(200);
    await page.screenshot({ path: path.resolve(shots, `${name}-${colorScheme}.png`) });
  }
}
const caption = (page: Page) => page.getByRole('textbox', { name: 'Caption' });
const lines = (page: Page) => page.locator('[data-work] [data-testid="findings"] > li');
async function addPoint(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

test('what contradicts the points is said beside the text, fixed or dismissed by a key, and holds handing in back until then', async ({
  app,
  page,
  projects,
}) => {
  const folder = `${projects}/Sample photos`;
  // The lead has it kept how texts come to be.
  await expect(page.getByRole('gridcell')).toHaveCount(15);
  await page.keyboard.press(`${MOD}+Alt+Comma`);
  const settings = page.getByRole('dialog', { name: 'Project settings' });
  await settings.getByRole('tab', { name: 'Rules' }).click();
  await settings.getByText('Keep how texts came to be', { exact: false }).click();
  await shot(page, 'findings-settings');
  await settings.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('gridcell', { name: /two-dogs\.jpg/ }).dblclick();
  await expect(page.locator("[data-work='caption'] textarea")).toBeFocused();
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('l');
  await page.keyboard.type('dog');
  await page.keyboard.press('Enter');
  await addPoint(page, 0.45, 0.4);
  await addPoint(page, 0.55, 0.6);
  await expect.poll(() => stored(folder, 'two-dogs.jpg').sets[0]?.points.length).toBe(2);

  // Typed and pasted; nothing is said while the keys go.
  await page.keyboard.press('Alt+1');
  await expect(caption(page)).toBeFocused();
  await page.keyboard.type('Um, three dogs lean out of a window.', { delay: 3 });
  await app.evaluate(({ clipboard }) => clipboard.writeText(' The wall is pale.'));
  await page.keyboard.press(`${MOD}+v`);
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).first()).toContainText('“three dogs” in the text, 2 points labelled “dog”');
  await expect(caption(page)).toBeFocused();
  await expect(page.getByTestId('receipt')).toContainText('typed 67 %, pasted 33 %');
  await shot(page, 'findings-caption');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[data-annotate-panel]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  // It is not handed in, and the words are selected that stand in the way.
  await page.keyboard.press(`${MOD}+Enter`);
  await expect(page.getByTestId('notice')).toContainText('Not submitted: 1 finding has to be settled first');
  expect(stored(folder, 'two-dogs.jpg').state).toBe('draft');
  expect(await caption(page).evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe('three dogs');

  // The next one is the filler: a key fixes it, undo brings it back, redo takes it out again.
  await page.keyboard.press('F7');
  await page.keyboard.press('F9');
  await expect(caption(page)).toHaveValue('Three dogs lean out of a window. The wall is pale.');
  await expect(lines(page)).toHaveCount(1);
  await page.keyboard.press(`${MOD}+z`);
  await expect(caption(page)).toHaveValue(/^Um, three/);
  await expect(lines(page)).toHaveCount(2);
  await page.keyboard.press(`${MOD}+Shift+z`);
  await expect(caption(page)).toHaveValue(/^Three/);
  await expect(lines(page)).toHaveCount(1);

  // A person knows better, and says why.
  await page.keyboard.press('Shift+F9');
  await expect(page.getByRole('textbox', { name: 'Why it may stand' })).toBeFocused();
  await page.keyboard.type('One is hidden by the curtain');
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText(['Dismissed: Number against points (“One is hidden by the curtain”)']);
  await expect(caption(page)).toBeFocused();
  await shot(page, 'findings-dismissed');
  await page.keyboard.press(`${MOD}+Enter`);
  await expect.poll(() => stored(folder, 'two-dogs.jpg').state).toBe('submitted');

  // The lead sees it counted, and what else there is opens its images.
  await page.keyboard.press('F8');
  await page.getByRole('tab', { name: 'Findings' }).click();
  const tab = page.getByRole('tabpanel', { name: 'Findings' });
  await expect(tab.getByText('One is hidden by the curtain')).toBeVisible();
  await expect(tab.getByText('15 of 15 images looked at as they are now')).toBeVisible();
  await expect(tab.locator('tr[data-code="count-contradicts-points"] td').nth(4)).toHaveText('1');
  await shot(page, 'findings-tab');
  await tab.getByRole('button', { name: /^Open 1 images: Short caption/ }).click();
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Take off the filter: Finding: Short caption' })).toBeVisible();

  const { db } = openDatabase(path.resolve(folder), false);
  try {
    const inputs = db.prepare('SELECT text_input FROM event WHERE text_input IS NOT NULL').pluck().all() as string[];
    const pasted = inputs
      .flatMap((text) => Object.values(JSON.parse(text) as Record<string, { pasted: number }>))
      .reduce((sum, input) => sum + input.pasted, 0);
    expect(pasted).toBe(' The wall is pale.'.length);
  } finally {
    db.close();
  }
});
