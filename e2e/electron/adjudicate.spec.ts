/** Two people's work, made by script, settled by keys in the real window and still there after a restart. */
import type { Page } from '@playwright/test';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';
import { putPerson } from '../../electron/core/db/people.ts';
import { createEdits } from '../../electron/core/edits.ts';
import { addCaption, addPoint, addPointSet, addThread } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { applyOps, type Op } from '../../shared/domain/ops.ts';
import { expect, launch, quit, test } from './app.ts';
import { makeProject } from './make-project.ts';

const PHOTOS = path.resolve(import.meta.dirname, '../../assets/sample-photos');
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const subject = (page: Page, text: string) => expect(page.getByTestId('adjudicate').getByRole('heading', { level: 2 })).toHaveText(text);

interface Work {
  readonly caption: string;
  readonly answer: string;
  readonly spots: readonly (readonly [number, number])[];
}
const WORK: Readonly<Record<string, Readonly<Record<'Ann' | 'Bob', Work>>>> = {
  'cat.jpg': {
    Ann: {
      caption: 'A grey cat lies on a sofa and looks up.',
      answer: 'It lies on a sofa.',
      spots: [
        [40, 40],
        [60, 60],
      ],
    },
    Bob: {
      caption: 'A black cat sleeps on a chair. The wall is white.',
      answer: 'On a chair.',
      spots: [
        [41, 40],
        [60, 61],
        [80, 20],
      ],
    },
  },
  'coins.jpg': {
    Ann: { caption: 'Many coins lie in rows.', answer: 'In rows.', spots: [[20, 20]] },
    Bob: { caption: 'Many coins lie in rows.', answer: 'In rows.', spots: [[20, 20]] },
  },
};

/** Writes each one's caption, answer and points as edits of their own. */
function plant(folder: string): void {
  const { db } = openDatabase(folder, false);
  try {
    for (const name of ['Ann', 'Bob'] as const) {
      const person = newId();
      putPerson(db, { id: person, name });
      const edits = createEdits({ db, me: { userId: person, deviceId: newId() }, notify: () => {} });
      for (const [file, work] of Object.entries(WORK)) {
        const imageId = db.prepare('SELECT id FROM image WHERE name = ?').pluck().get(file) as string;
        const { rev, doc } = edits.load(imageId);
        const { caption, answer, spots } = work[name];
        const set = newId();
        const ops: Op[] = [...addCaption(person, caption), ...addThread(person, 'Where is it?', answer), ...addPointSet(person, 'thing', 'present', set)];
        for (const [x, y] of spots) ops.push(...addPoint(applyOps(doc, ops).doc, set, x, y));
        const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops, activeMs: 30_000 }, 'script');
        expect(result.status).toBe('saved');
      }
    }
  } finally {
    db.close();
  }
}

/** Texts of the rows that name parents, with how many. */
function settled(folder: string, name: string) {
  const { db } = openDatabase(folder, false);
  try {
    const num = db.prepare('SELECT num FROM image WHERE name = ?').pluck().get(name) as number;
    const all = (sql: string) => db.prepare(sql).all(num) as Record<string, string | number>[];
    return {
      captions: all(
        "SELECT text, length(parent_ids) - length(replace(parent_ids, ' ', '')) + 1 AS parents FROM caption WHERE image_num = ? AND parent_ids IS NOT NULL",
      ),
      answers: all("SELECT text FROM turn WHERE image_num = ? AND role = 'answer' AND thread_id IN (SELECT id FROM thread WHERE parent_ids IS NOT NULL)"),
      points: all(
        'SELECT count(*) AS n FROM point JOIN point_set AS s ON s.image_num = point.image_num AND s.id = set_id WHERE s.image_num = ? AND parent_ids IS NOT NULL',
      ),
    };
  } finally {
    db.close();
  }
}

test('two people disagree: one takes, keeps both, writes anew, takes back, and it is there after a restart', async ({ home, projects }) => {
  const photos = path.join(projects, 'pictures');
  const folder = path.join(projects, 'double');
  mkdirSync(photos, { recursive: true });
  for (const name of ['cat.jpg', 'coins.jpg']) cpSync(path.join(PHOTOS, name), path.join(photos, name));
  await makeProject(folder, photos, home);
  plant(folder);
  let { app, page } = await launch({ home, projects, args: ['--project', folder] });
  try {
    await expect(page.getByRole('gridcell')).toHaveCount(2);
    await page.keyboard.press('F8');
    await page.getByRole('tab', { name: 'Adjudicate' }).click();
    // The most disagreement first.
    await expect(page.getByRole('row').nth(1)).toContainText('cat.jpg');
    await page.getByRole('button', { name: 'Begin' }).click();

    await subject(page, 'Captions');
    await expect(page.getByText('2 of 2 images left')).toBeVisible();
    await expect(column(page, 'Ann').locator('mark').first()).toHaveText('grey');
    await expect(page.getByTestId('adjudicate')).toContainText('claim overlap');
    await shot(page, 'adjudicate-caption');
    await page.keyboard.press('e');
    const field = page.getByRole('textbox', { name: 'Merged' });
    await field.fill('A grey cat lies on a chair. The wall is white.');
    await page.keyboard.press('Control+Enter');
    await saved(page);

    await subject(page, 'Where is it?');
    await page.keyboard.press('2');
    await subject(page, 'Points: thing');
    await expect(column(page, 'Ann')).toContainText('2 points of thing');
    await expect(page.getByTestId('adjudicate')).toContainText('0.80');
    await expect(page.getByTestId('adjudicate')).toContainText('+1');
    await shot(page, 'adjudicate-points');
    await page.keyboard.press('3');
    // The image is done: the next one is shown.
    await subject(page, 'Captions');
    await expect(page.getByText('1 of 2 images left')).toBeVisible();
    await page.keyboard.press('p');
    await subject(page, 'Captions');
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await subject(page, 'Points: thing');
    await expect(column(page, 'Merged')).toContainText('Settled');
    await expect(column(page, 'Merged')).toContainText('3 points of thing');
    // One decision, one undo.
    await page.keyboard.press('Control+z');
    await expect(column(page, 'Merged')).toContainText('Nothing is settled yet');
    await page.keyboard.press('1');
    await expect.poll(() => settled(folder, 'cat.jpg').points).toEqual([{ n: 2 }]);
  } finally {
    await quit(app);
  }
  expect(settled(folder, 'cat.jpg')).toEqual({
    captions: [{ text: 'A grey cat lies on a chair. The wall is white.', parents: 2 }],
    answers: [{ text: 'On a chair.' }],
    points: [{ n: 2 }],
  });
  ({ app, page } = await launch({ home, projects, args: ['--project', folder] }));
  try {
    await expect(page.getByRole('gridcell')).toHaveCount(2);
    await page.keyboard.press('F8');
    await page.getByRole('tab', { name: 'Adjudicate' }).click();
    await expect(page.getByText('1 image is waiting')).toBeVisible();
    await page.getByRole('tab', { name: 'Agreement' }).click();
    await expect(page.getByRole('region', { name: 'All work' }).first()).toContainText('Points F1');
    // (2 + 1) matched of 3 and 4: 6/7; two images are too few for an interval.
    await expect(page.getByRole('button', { name: 'Points F1: open 2 images' })).toHaveText('0.86');
    await shot(page, 'agreement');
    await page.getByRole('button', { name: 'Points F1: open 2 images' }).click();
    await expect(page.getByRole('gridcell')).toHaveCount(2);
    await expect(page.getByRole('gridcell').first()).toContainText('cat.jpg');
  } finally {
    await quit(app);
  }
});
