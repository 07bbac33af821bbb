/** A person annotates photos with keyboard and mouse, closes the app in between, and finds everything on disk. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { corePid, expect, launch, quit, test } from './app.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });

async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
}
/** Clicks where this share of the stage is. */
async function clickAt(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
const shownImage = (page: Page, name: string) => expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);

test('three photos are annotated with caption, questions and points; undo reaches back across a restart', async ({ home, projects }) => {
  test.setTimeout(120_000);
  const folder = `${projects}/Sample photos`;
  const caption = 'Two brown cocker spaniels lean out of a window, one above the other.';
  let { app, page } = await launch({ home, projects });
  try {
    // The caption field has the focus at once.
    await openPhoto(page, 'two-dogs.jpg');
    await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
    await page.keyboard.type(caption, { delay: 5 });
    await expect(page.locator('[data-words]')).toHaveText('13');
    await saved(page);
    expect(stored(folder, 'two-dogs.jpg')).toMatchObject({ captions: [caption], state: 'draft' });

    // Questions: Enter goes to the answer, then to the next question; Ctrl+Shift+Enter adds a turn.
    await page.keyboard.press('Alt+2');
    await page.keyboard.type('How many dogs are there?');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Two.');
    await page.keyboard.press(`${MOD}+Shift+Enter`);
    await page.keyboard.type('Which way do they look?');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Down to the left.');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Question 1' }).last()).toBeFocused();
    await saved(page);
    await shot(page, 'questions');

    // Escape leaves the field; P asks for a label first, with no dialog for each point after that.
    await page.keyboard.press('Escape');
    await expect(page.getByRole('application')).toBeFocused();
    await page.keyboard.press('p');
    await page.keyboard.type('dog');
    await page.keyboard.press('Enter');
    await clickAt(page, 0.48, 0.33);
    await clickAt(page, 0.55, 0.55);
    await page.keyboard.press('l');
    await page.keyboard.type('window');
    await page.keyboard.press('Enter');
    await clickAt(page, 0.45, 0.2);
    await page.keyboard.press('l');
    await page.keyboard.type('Dogs');
    await expect(page.getByText('“dog” is there already.')).toBeVisible();
    await page.keyboard.press(`${MOD}+a`);
    await page.keyboard.type('cat');
    await page.keyboard.press('Enter');
    await page.keyboard.press('0');
    await expect(page.getByTestId('point-counts')).toHaveText('dog: 2 points, window: 1 point, cat: not present');
    await saved(page);
    await shot(page, 'points');
    const before = stored(folder, 'two-dogs.jpg');
    expect(before.turns).toEqual(['How many dogs are there?', 'Two.', 'Which way do they look?', 'Down to the left.']);
    expect(before.sets.map(({ label, presence, points }) => [label, presence, points.length])).toEqual([
      ['dog', 'present', 2],
      ['window', 'present', 1],
      ['cat', 'absent', 0],
    ]);

    // "Not present" where there are points: they go, and one undo brings them back.
    await page.keyboard.press('1');
    await page.keyboard.press('0');
    await expect(page.getByTestId('point-counts')).toContainText('dog: not present');
    await page.keyboard.press(`${MOD}+z`);
    await expect(page.getByTestId('point-counts')).toContainText('dog: 2 points');
    await expect(page.getByTestId('notice')).toHaveText('Undone: “dog” not present');

    // The app is closed and started again; undo still knows what was done before.
    await saved(page);
    await quit(app);
    ({ app, page } = await launch({ home, projects }));
    // It opens where the person was.
    await shownImage(page, 'two-dogs.jpg');
    await expect(page.getByRole('tab', { name: /Points/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByTestId('point-counts')).toHaveText('dog: 2 points, window: 1 point, cat: not present');
    await page.keyboard.press(`${MOD}+z`);
    await expect(page.getByTestId('point-counts')).toHaveText('dog: 2 points, window: 1 point, cat: 0 points');
    await page.keyboard.press(`${MOD}+z`);
    await page.keyboard.press(`${MOD}+z`);
    await expect(page.getByTestId('point-counts')).toHaveText('dog: 2 points, window: 0 points');
    await page.keyboard.press(`${MOD}+Shift+z`);
    await page.keyboard.press(`${MOD}+y`);
    await page.keyboard.press(`${MOD}+y`);
    await expect(page.getByTestId('point-counts')).toHaveText('dog: 2 points, window: 1 point, cat: not present');
    await saved(page);
    expect(stored(folder, 'two-dogs.jpg')).toMatchObject({ captions: before.captions, turns: before.turns, sets: before.sets });

    // Escape leaves the selection, then the image. Submit goes on to the next one, from inside a text field too.
    await page.keyboard.press('Escape');
    if ((await page.getByRole('gridcell').count()) === 0) await page.keyboard.press('Escape');
    await openPhoto(page, 'astronaut.jpg');
    await page.keyboard.press('Alt+1');
    await page.keyboard.type('An astronaut in an orange suit.');
    await page.keyboard.press(`${MOD}+Enter`);
    await expect(page.getByRole('application')).not.toHaveAccessibleName('Image astronaut.jpg');
    await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
    await page.keyboard.type('Something else that one can see.');
    const second = (await page.getByRole('application').getAttribute('aria-label'))!.replace('Image ', '');
    await page.keyboard.press(`${MOD}+Enter`);
    await saved(page);
    await page.keyboard.press('Alt+ArrowLeft');
    await shownImage(page, second);
    await expect(page.getByRole('textbox', { name: 'Caption' })).toHaveValue('Something else that one can see.');
    expect(stored(folder, 'astronaut.jpg')).toMatchObject({ captions: ['An astronaut in an orange suit.'], state: 'submitted' });
    expect(stored(folder, second)).toMatchObject({ state: 'submitted' });
  } finally {
    await quit(app);
  }
});

test('what was opened and left empty is not kept, and an input method is never disturbed', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'coffee.jpg');
  await page.keyboard.press('Escape');
  await page.keyboard.press('q');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+1');
  await page.keyboard.type('x');
  await saved(page);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  await saved(page);
  await expect.poll(() => stored(folder, 'coffee.jpg')).toMatchObject({ captions: [], turns: [] });

  await page.keyboard.press('Alt+1');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'こー', selectionStart: 2, selectionEnd: 2 });
  await page.waitForTimeout(500);
  expect(stored(folder, 'coffee.jpg').captions).toEqual([]);
  await cdp.send('Input.imeSetComposition', { text: 'こーひー', selectionStart: 4, selectionEnd: 4 });
  await cdp.send('Input.insertText', { text: 'コーヒー' });
  await expect.poll(() => stored(folder, 'coffee.jpg').captions).toEqual(['コーヒー']);
});

test('points are placed, moved and removed with the keyboard alone', async ({ page, projects }) => {
  await openPhoto(page, 'coins.jpg');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.keyboard.type('coin');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('application')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('point-counts')).toHaveText('coin: 2 points');
  await saved(page);
  const folder = `${projects}/Sample photos`;
  const [first, second] = stored(folder, 'coins.jpg').sets[0]!.points;
  expect(first).toEqual([50, 50]);
  expect(second![0]).toBeGreaterThan(55);
  // Arrow keys move the selected point by one pixel of the image, with Shift by ten.
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowLeft');
  await saved(page);
  const size = (await page
    .getByRole('toolbar')
    .getByText(/\d+ × \d+/)
    .textContent())!
    .split(' × ')
    .map(Number);
  await expect.poll(() => stored(folder, 'coins.jpg').sets[0]!.points[0]).toEqual([50 - 1000 / size[0]!, 50 + 100 / size[1]!]);
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('point-counts')).toHaveText('coin: 1 point');
  await page.keyboard.press(`${MOD}+z`);
  await expect(page.getByTestId('point-counts')).toHaveText('coin: 2 points');
  // A click that only leaves a text field places nothing.
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
  await clickAt(page, 0.5, 0.4);
  await page.keyboard.press('Alt+3');
  await expect(page.getByTestId('point-counts')).toHaveText('coin: 2 points');
});

test('the core dies while one types and points: all of it is saved once it is back', async ({ app, page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'cat.jpg');
  const text = 'A tabby cat looks straight into the camera, its whiskers lit from the side.';
  await page.keyboard.type(text.slice(0, 20), { delay: 15 });
  process.kill(corePid(app), 'SIGKILL');
  await page.keyboard.type(text.slice(20), { delay: 15 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.keyboard.type('eye');
  await page.keyboard.press('Enter');
  await clickAt(page, 0.4, 0.4);
  await clickAt(page, 0.6, 0.4);
  await expect(page.getByTestId('save-status')).toHaveText(/^Saved/, { timeout: 20_000 });
  expect(stored(folder, 'cat.jpg')).toMatchObject({ captions: [text], sets: [{ label: 'eye', points: [{}, {}] }] });
});

test('an image whose file is gone says so, and text can still be written', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await page.getByRole('gridcell', { name: /rocket/ }).waitFor();
  rmSync(stored(folder, 'rocket.jpg').path);
  await page.getByRole('gridcell', { name: /rocket/ }).dblclick();
  await expect(page.getByRole('alert').getByText('The file of rocket.jpg is not where it was.')).toBeVisible();
  await page.keyboard.type('A rocket at night.');
  await expect.poll(() => stored(folder, 'rocket.jpg').captions).toEqual(['A rocket at night.']);
});

test('each tab is accessible, in light and dark', async ({ page }) => {
  await openPhoto(page, 'fig-bowl.jpg');
  const violations = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.keyboard.press('Alt+1');
    await page.keyboard.type('A fig. ');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Alt+2');
    await page.keyboard.type('What is it?');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Alt+3');
    await page.keyboard.press('l');
    await page.keyboard.type(`fig ${colorScheme}`);
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Enter');
    await clickAt(page, 0.5, 0.5);
    expect(await violations()).toEqual([]);
  }
});

test('a label that was typed counts when one goes straight to the image', async ({ page }) => {
  await openPhoto(page, 'dandelions.jpg');
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('p');
  await page.keyboard.type('dandelion');
  await clickAt(page, 0.5, 0.5);
  await expect(page.getByTestId('point-counts')).toHaveText('dandelion: 1 point');
  await clickAt(page, 0.6, 0.5);
  await expect(page.getByTestId('point-counts')).toHaveText('dandelion: 2 points');
});
