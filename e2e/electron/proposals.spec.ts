/** Point proposals in the real window with the real encoder: click one coin, get the others, decide on each. */
import type { Page } from '@playwright/test';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';
import { distancePct } from '../../shared/domain/proposal.ts';
import { expect, test } from './app.ts';
import { countEffort, secondsOf } from './effort-counter.ts';
import { addLabel, call, clickAt, coinsHit, count, counts, image, openPoints, panel, saved, shareOf } from './pointing.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const root = path.resolve(import.meta.dirname, '../..');
const shot = (page: Page, name: string) => page.screenshot({ path: path.join(root, `test-results/screens/${name}.png`) });
const choose = (page: Page, hiddenShare = 0) => call(page, 'project.configure', { encoder: { id: 'nanodet-g', autoIndex: false }, proposals: { hiddenShare } });

/** What became of the proposals, as it is on disk. */
function verdicts(folder: string): Record<string, number> {
  const { db } = openDatabase(path.resolve(folder), false);
  try {
    const rows = db.prepare('SELECT verdict, count(*) AS n FROM proposal GROUP BY verdict').all() as { verdict: string; n: number }[];
    return Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]));
  } finally {
    db.close();
  }
}
test('T3 with proposals: one coin is clicked, the others accepted by one key and undone; then one by one, rejecting, the slider and the heat map', async ({
  page,
  projects,
}) => {
  const folder = `${projects}/Sample photos`;
  await choose(page);
  await openPoints(page);
  const at = await shareOf(page, 12, 18);
  const person = countEffort(page);
  await person.key('l');
  await person.text('coin');
  await person.key('Enter');
  await expect(panel(page)).toContainText('Place one point, and the encoder looks for the others.');
  await person.click(...at);
  await expect(count(page)).toHaveText(/^2[234]$/, { timeout: 20_000 });
  await expect(panel(page)).toContainText('Proposals · NanoDet-g · from 1 point');
  await shot(page, 'proposals');
  const shown = Number(await count(page).textContent());
  expect(stored(folder, 'coins.jpg').sets[0]!.points).toHaveLength(1);
  person.decide('that all of them are coins');
  await person.key('Shift+Enter');
  await expect(counts(page)).toHaveText(`coin: ${shown + 1} points`);
  await saved(page);
  const { keys, clicks, drags, moves, decisions } = person.effort();
  console.log(`T3 with proposals: K${keys} C${clicks} D${drags} P${moves} M${decisions} ${secondsOf(person.effort()).toFixed(2)} s (aim 6 s)`);
  expect(secondsOf(person.effort())).toBeLessThanOrEqual(6);
  expect(`K${keys} C${clicks} P${moves} M${decisions}`).toBe('K4 C1 P1 M1');

  // Every point lies on a coin of its own.
  const hit = coinsHit(stored(folder, 'coins.jpg').sets[0]!.points);
  expect(new Set(hit).size).toBe(shown + 1);
  expect(hit).not.toContain(-1);
  expect(verdicts(folder)).toEqual({ accepted: shown });

  await page.keyboard.press(`${MOD}+z`);
  await expect(counts(page)).toHaveText('coin: 1 point');
  await expect(count(page)).toHaveText(String(shown));
  expect(verdicts(folder)).toEqual({ open: shown });
  await page.keyboard.press(`${MOD}+Shift+z`);
  await expect(counts(page)).toHaveText(`coin: ${shown + 1} points`);
  expect(verdicts(folder)).toEqual({ accepted: shown });

  // Another label, on a coin that has no point: one by one.
  await page.keyboard.press(`${MOD}+z`);
  await expect(counts(page)).toHaveText('coin: 1 point');
  await addLabel(page, 'money');
  await clickAt(page, 26.5, 19);
  await expect(count(page)).toHaveText(/^2[234]$/, { timeout: 20_000 });

  // Keys of the slider; fewer proposals above a higher line.
  for (let step = 0; step < 12; step++) await page.keyboard.press(']');
  await expect.poll(async () => Number(await count(page).textContent())).toBeLessThan(shown);
  for (let step = 0; step < 12; step++) await page.keyboard.press('[');
  await expect(count(page)).toHaveText(/^2[234]$/);

  // Tab goes to one, Enter accepts it and goes on, X rejects the next.
  await image(page).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(counts(page)).toContainText('money: 2 points');
  await page.keyboard.press('x');
  await expect.poll(() => verdicts(folder)['rejected']).toBe(1);
  await expect.poll(() => verdicts(folder)['accepted']).toBe(1);
  const rejected = await rejectedPlace(folder);

  // It stays away after the next ask, and when the image is opened again.
  await page.keyboard.press('h');
  await shot(page, 'proposals-heat');
  await page.keyboard.press('h');
  await page.keyboard.press('PageDown');
  await expect(image(page)).not.toHaveAccessibleName('Image coins.jpg');
  await page.keyboard.press('PageUp');
  await expect(image(page)).toHaveAccessibleName('Image coins.jpg');
  await expect(count(page)).toHaveText(/^2\d$/);
  await page.keyboard.press('Shift+Enter');
  await expect(counts(page)).toContainText(/money: 2\d points/);
  await saved(page);
  const { points } = stored(folder, 'coins.jpg').sets.find(({ label }) => label === 'money')!;
  for (const [xPct, yPct] of points) expect(distancePct({ widthPx: 384, heightPx: 303 }, { xPct, yPct }, rejected)).toBeGreaterThan(2);

  // A caption has the focus: Tab, Enter and X write or go on there.
  await page.keyboard.press('Alt+1');
  await page.keyboard.type('xX');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toHaveValue('xX');
});

async function rejectedPlace(folder: string): Promise<{ xPct: number; yPct: number }> {
  const { db } = openDatabase(path.resolve(folder), false);
  try {
    return db.prepare("SELECT x_pct AS xPct, y_pct AS yPct FROM proposal WHERE verdict = 'rejected'").get() as { xPct: number; yPct: number };
  } finally {
    db.close();
  }
}

test('on the hidden share the panel says why, whoever asks; without an encoder it says how to get one', async ({ page, projects }) => {
  // A new project uses the encoder that came with the app; a lead may choose none.
  await call(page, 'project.configure', { encoder: null });
  await openPoints(page);
  await addLabel(page, 'coin');
  await expect(panel(page)).toContainText('None is chosen for this project yet');
  await choose(page, 0.5);
  const box = (await image(page).boundingBox())!;
  let [hidden, open] = [0, 0];
  for (let step = 0; step < 12 && (hidden === 0 || open === 0); step++) {
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await expect(panel(page)).toBeVisible();
    await expect(panel(page)).toContainText(/On this image no proposals are shown|from 1 point|Looking at the image/);
    if ((await panel(page).textContent())!.includes('no proposals are shown')) {
      hidden++;
      await page.keyboard.press('a');
      await expect(count(page)).toHaveCount(0);
      await shot(page, 'proposals-hidden');
    } else open++;
    const name = (await image(page).getAttribute('aria-label'))!;
    await page.keyboard.press('PageDown');
    await expect(image(page)).not.toHaveAccessibleName(name);
    await expect(counts(page)).toHaveText('');
    await addLabel(page, 'coin');
    await expect(counts(page)).toHaveText('coin: 0 points');
  }
  expect(hidden).toBeGreaterThan(0);
  expect(open).toBeGreaterThan(0);
  expect(stored(`${projects}/Sample photos`, 'coins.jpg').sets[0]!.points).toHaveLength(1);
});
