/** Text in an image, in the real window: it is read when the image is worked on, offered beside the caption, written by a person's key alone, and found by searching. */
import type { Page } from '@playwright/test';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';
import { writeSettings } from '../../electron/core/db/settings.ts';
import { pictureOf, pngOf } from '../../electron/core/testing/letters.ts';
import { expect, launch, quit, test as base } from './app.ts';
import { makeProject } from './make-project.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const caption = (page: Page) => page.getByRole('textbox', { name: 'Caption' });
const lines = (page: Page) => page.getByTestId('read-lines').getByRole('toolbar').getByRole('button');

/** The app with a project of a sign, an empty picture and a photo, and the default encoder chosen. */
const test = base.extend<{ signs: Page }>({
  signs: async ({ home, projects }, use) => {
    const photos = path.join(home, 'photos');
    const folder = path.join(projects, 'signs');
    mkdirSync(photos, { recursive: true });
    mkdirSync(projects, { recursive: true });
    writeFileSync(
      path.join(photos, 'sign.png'),
      pngOf(
        pictureOf([
          { text: 'EXIT 47', x: 60, y: 60, size: 64 },
          { text: 'THE TEAM', x: 120, y: 240, size: 48 },
        ]),
      ),
    );
    writeFileSync(path.join(photos, 'plain.png'), pngOf(pictureOf([])));
    copyFileSync(path.resolve(import.meta.dirname, '../../assets/sample-photos/two-dogs.jpg'), path.join(photos, 'two-dogs.jpg'));
    await makeProject(folder, photos);
    const { db } = openDatabase(folder, false);
    writeSettings(db, { encoder: { id: 'nanodet-g', autoIndex: false } });
    db.close();
    const { app, page } = await launch({ home, projects, args: ['--project', folder] });
    await use(page);
    await quit(app);
  },
});

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(new RegExp(name));
  await expect(caption(page)).toBeFocused();
}

test('lines are offered, one goes in at the caret by a key, undo takes it out, and the words are found in the gallery', async ({ signs: page }) => {
  await open(page, 'sign.png');
  await expect(lines(page)).toHaveCount(2, { timeout: 60_000 });
  await expect(lines(page).first()).toHaveText(/^EXIT 47/);
  // Nothing is written by itself.
  await expect(caption(page)).toHaveValue('');
  await page.keyboard.type('A sign says  in black.');
  for (let at = 0; at < ' in black.'.length; at++) await page.keyboard.press('ArrowLeft');
  // To the lines by a key; the line with the focus is outlined in the image.
  const stage = page.locator('[data-stage]');
  const plain = await stage.screenshot();
  await page.keyboard.press('Alt+r');
  await expect(lines(page).first()).toBeFocused();
  await expect.poll(async () => (await stage.screenshot()).equals(plain)).toBe(false);
  await shot(page, 'reading-lines');
  await page.keyboard.press('ArrowRight');
  await expect(lines(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(caption(page)).toBeFocused();
  await expect(caption(page)).toHaveValue('A sign says THE TEAM in black.');
  await page.keyboard.press(`${MOD}+z`);
  await expect(caption(page)).toHaveValue('A sign says  in black.');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid')).toBeVisible();
  await page.getByRole('searchbox').fill('team');
  await expect(page.getByRole('gridcell', { name: /sign\.png/ })).toContainText('In the image');
  await expect(page.getByRole('gridcell', { name: /plain\.png/ })).toHaveCount(0);
  await shot(page, 'reading-search');
});

test('an answer to a question that asks to read gets a line at a press', async ({ signs: page }) => {
  await open(page, 'sign.png');
  await page.getByRole('tab', { name: /Questions/ }).click();
  await page.getByRole('button', { name: /Add question/ }).click();
  await page.keyboard.type('What does the sign say?');
  // The suggestion that this is a question that asks to read.
  await page.keyboard.press('Alt+Enter');
  await expect(lines(page)).toHaveCount(2, { timeout: 60_000 });
  const answer = page.getByRole('textbox', { name: /Answer/ });
  await answer.click();
  await page.keyboard.type('It says ');
  await lines(page).first().click();
  await expect(answer).toHaveText('It says EXIT 47');
  await expect(answer).toBeFocused();
  await shot(page, 'reading-answer');
});

test('a picture without text says so, and a project with reading switched off shows nothing', async ({ signs: page }) => {
  await open(page, 'plain.png');
  await expect(page.getByTestId('read-lines')).toContainText('found no text', { timeout: 60_000 });
  await page.keyboard.press(`${MOD}+k`);
  await page.keyboard.type('Project settings');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Text and words' }).click();
  await expect(page.getByText('1 of 3 images read, 0 with text.')).toBeVisible();
  await shot(page, 'reading-settings');
  await page.getByRole('checkbox', { name: 'Read an image when somebody works on it' }).click({ force: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('read-lines')).toHaveCount(0);
});

test('words that the detector sees are offered as labels, and become one only by a press', async ({ signs: page }) => {
  await open(page, 'two-dogs.jpg');
  await page.getByRole('tab', { name: /Points/ }).click();
  const tags = page.getByTestId('tags');
  await expect(tags).toContainText('NanoDet-g sees', { timeout: 60_000 });
  await expect(page.getByTestId('point-counts')).toHaveText('');
  await shot(page, 'tags');
  await tags.getByRole('button', { name: /^dog/ }).click();
  await expect(page.getByTestId('point-counts')).toHaveText(/dog.*0/);
  await expect(tags.getByRole('button', { name: /^dog/ })).toHaveCount(0);
});

test('hovering a line outlines it in the image, in the dark too', async ({ signs: page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'sign.png');
  await expect(lines(page)).toHaveCount(2, { timeout: 60_000 });
  const stage = page.locator('[data-stage]');
  const plain = await stage.screenshot();
  await lines(page).first().hover();
  await expect.poll(async () => (await stage.screenshot()).equals(plain)).toBe(false);
  await shot(page, 'reading-lines-dark');
  await caption(page).hover();
  await expect.poll(async () => (await stage.screenshot()).equals(plain)).toBe(true);
});
