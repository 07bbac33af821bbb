/** The dashboard and Compare two in the real window: a number opens its images, two models' texts are compared by keys, ratings are shown. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';
import { putPerson } from '../../electron/core/db/people.ts';
import { createEdits } from '../../electron/core/edits.ts';
import { saveProfile } from '../../electron/core/settings.ts';
import { addCaption, addPoint, addPointSet, addThread, setState } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Op } from '../../shared/domain/ops.ts';
import { expect, launch, quit, test } from './app.ts';
import { makeProject } from './make-project.ts';

const PHOTOS = path.resolve(import.meta.dirname, '../../assets/sample-photos');
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });

/** Six images with captions, four of them submitted, two by two people, one with three points and a question. */
function work(folder: string, home: string): string[] {
  const { db } = openDatabase(folder, false);
  // Figures are for leads: whoever sits at this window is one.
  const lead = { userId: newId(), deviceId: newId(), name: 'Noor' };
  mkdirSync(home, { recursive: true });
  saveProfile(home, lead);
  putPerson(db, { id: lead.userId, name: lead.name }, 'lead');
  const userId = newId();
  putPerson(db, { id: userId, name: 'Mei' });
  const edits = createEdits({ db, me: { userId, deviceId: newId() }, notify: () => {} });
  const images = db.prepare('SELECT id, name FROM image ORDER BY num').all() as { id: string; name: string }[];
  const save = (imageId: string, ops: readonly Op[], activeMs: number) =>
    edits.apply({ eventId: newId(), imageId, baseRev: edits.load(imageId).rev, groupId: newId(), ops: [...ops], activeMs }, 'test');
  for (const [index, { id }] of images.slice(0, 6).entries()) {
    save(id, addCaption(userId, 'A photo with many things in it. '.repeat(3 + index * 2)), 60_000 + index * 45_000);
    if (index < 4) save(id, setState(edits.load(id).doc, 'submitted'), 1000);
  }
  const { id } = images[4]!;
  const setId = newId();
  save(id, [...addPointSet(userId, 'thing', 'present', setId), ...addThread(userId, 'What is it?', 'A thing.')], 1000);
  save(
    id,
    [10, 40, 70].flatMap((at) => addPoint(edits.load(id).doc, setId, at, at)),
    1000,
  );
  // A second person on two of them, so that there is something to agree on.
  const other = { userId: newId(), deviceId: newId() };
  putPerson(db, { id: other.userId, name: 'Aki' });
  const theirs = createEdits({ db, me: other, notify: () => {} });
  for (const image of images.slice(0, 2)) {
    const ops = addCaption(other.userId, 'A photo with many things in it, and nothing else.');
    theirs.apply({ eventId: newId(), imageId: image.id, baseRev: theirs.load(image.id).rev, groupId: newId(), ops: [...ops], activeMs: 1000 }, 'test');
  }
  db.close();
  return images.map(({ name }) => name);
}
const serious = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

test('a number of the dashboard opens its images, and two models are compared by keys', async ({ home, projects }) => {
  const folder = path.join(projects, 'figures');
  await makeProject(folder, PHOTOS);
  const names = work(folder, home);
  for (const model of ['alpha', 'beta']) {
    writeFileSync(path.join(projects, `${model}.jsonl`), names.map((image) => `${JSON.stringify({ image, text: `What ${model} wrote of it.` })}\n`).join(''));
  }
  const { app, page } = await launch({ home, projects, args: ['--project', folder] });
  try {
    await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 20_000 });
    await page.keyboard.press('F8');
    await page.getByRole('tab', { name: 'Dashboard' }).click();
    await expect(page.getByRole('region', { name: 'Words an image' })).toContainText('6 images');
    await shot(page, 'dashboard');
    const agreement = page.getByRole('region', { name: 'Agreement over time' });
    await agreement.scrollIntoViewIfNeeded();
    await expect(
      agreement
        .getByRole('combobox')
        .or(agreement.getByRole('button', { name: /Measure/ }))
        .first(),
    ).toBeVisible();
    await shot(page, 'dashboard-agreement');
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save Coverage as CSV' }).click();
    await expect(page.getByText(/Saved as .*coverage\.csv/)).toBeVisible();
    expect(readFileSync(path.join(folder, 'exports', 'coverage.csv'), 'utf8')).toContain('caption,6,6');
    await page.getByRole('button', { name: 'Where the images stand: Submitted, 4 images' }).click();
    await expect(page.getByRole('gridcell')).toHaveCount(4);
    await expect(page.getByRole('button', { name: /Take off the filter: Where the images stand: Submitted/ })).toBeVisible();

    await page.keyboard.press('F8');
    await page.getByRole('tab', { name: 'Compare two' }).click();
    await page.getByRole('button', { name: 'New comparison…' }).click();
    const dialog = page.getByRole('dialog');
    for (const model of ['alpha', 'beta']) {
      await dialog.locator('input[type="file"]').setInputFiles(path.join(projects, `${model}.jsonl`));
      await expect(dialog.getByText(`15 texts were taken in: ${model}.`)).toBeVisible();
    }
    await shot(page, 'compare-new');
    await dialog.getByRole('button', { name: 'Start comparing' }).click();
    await expect(dialog).toBeHidden();
    const count = page.getByTestId('compare-count');
    const left = page.getByTestId('compare-left');
    await expect(left).toContainText('wrote of it.');
    await shot(page, 'compare-pair');
    expect(await serious(page)).toEqual([]);
    for (let made = 0; made < 3; made++) {
      const isAlpha = (await left.textContent())!.includes('alpha');
      await page.keyboard.press(isAlpha ? '1' : '2');
      await expect(count).toHaveText(`${made + 1} choice${made === 0 ? '' : 's'} by you`);
    }
    await page.keyboard.press('3');
    await expect(count).toHaveText('4 choices by you');
    await page.keyboard.press('u');
    await expect(count).toHaveText('3 choices by you');
    await page.keyboard.press('b');
    await expect(count).toHaveText('4 choices by you');
    await page.getByRole('radio', { name: 'Ratings' }).click();
    await expect(page.getByTestId('compare-ratings').getByRole('img')).toHaveAccessibleName(/^alpha is rated highest/);
    await shot(page, 'compare-ratings');
    await page.getByRole('button', { name: 'Save as preference pairs' }).click();
    await expect(page.getByText(/Saved as .*preference-pairs\.jsonl/)).toBeVisible();
    const saved = readdirSync(path.join(folder, 'exports')).find((name) => name.startsWith('preference-pairs'))!;
    const pairs = readFileSync(path.join(folder, 'exports', saved), 'utf8')
      .trim()
      .split('\n');
    expect(pairs).toHaveLength(3);
    for (const pair of pairs)
      expect((JSON.parse(pair) as { chosen: unknown }).chosen).toEqual([{ role: 'assistant', content: [{ type: 'text', text: 'What alpha wrote of it.' }] }]);

    // Who did what, and an edit opens its image.
    await page.getByText('Audit', { exact: true }).first().click();
    await expect(page.getByText(/placed 3 points of “thing”/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Image' }).fill(names[4]!);
    await expect(page.getByText('3 edits.')).toBeVisible();
    expect(await serious(page)).toEqual([]);
    // Played from the edit before the last, step by step and by itself, with nothing but keys; nobody can change anything in it.
    await page
      .getByRole('button', { name: `Replay ${names[4]!} from this edit` })
      .nth(1)
      .click();
    const told = page.getByTestId('film-told');
    const film = page.getByTestId('film');
    await expect(told).toContainText('Mei added the label “thing”');
    await page.keyboard.press('ArrowRight');
    await expect(told).toContainText('Mei placed 3 points of “thing”');
    await expect(film.getByText('thing: 3 points')).toBeVisible();
    await shot(page, 'film');
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('Home');
    await expect(page.getByTestId('film-place')).toHaveText('0 of 3');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /^3 of 3\. Mei placed 3 points/);
    await expect(film.getByText('What is it?')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('textbox', { name: 'Image' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Image' }).fill(names[4]!);
    await page
      .getByRole('button', { name: new RegExp(names[4]!) })
      .first()
      .click();
    await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${names[4]}`);
  } finally {
    await quit(app);
  }
});
