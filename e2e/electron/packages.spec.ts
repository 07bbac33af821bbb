/** A lead splits a project into two packages in the real window, they are worked on apart by script, and come together again in the window. */
import type { ElectronApplication, Page } from '@playwright/test';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../electron/core/db/open.ts';
import { putPerson } from '../../electron/core/db/people.ts';
import { createEdits } from '../../electron/core/edits.ts';
import { addCaption, addPoint, addPointSet, movePoint } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Doc } from '../../shared/domain/model.ts';
import { type Op, textOp } from '../../shared/domain/ops.ts';
import { addAssignment } from '../../shared/domain/review.ts';
import { expect, launch, quit, test } from './app.ts';
import { cli, makeProject } from './make-project.ts';
import { stored } from './project-file.ts';

const PHOTOS = path.resolve(import.meta.dirname, '../../assets/sample-photos');
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const FIRST = 'A cat lies on a wall.';
/** Each has the cat and one more image. */
const OWN = { Aki: 'brushes.jpg', Ben: 'coins.jpg' } as const;
const OF_THE_CAT = { Aki: 'A grey cat lies on a wall.', Ben: 'A cat sits on a stone.' } as const;
/** Where each moved the cat's one point to. */
const PLACE = { Aki: 30, Ben: 70 } as const;
const OWN_WORDS = 'A grey cat sits on a stone.';
type Name = keyof typeof OWN;

/** Makes one edit of each named image as the person of this name, or as the lead. */
function edit(folder: string, name: Name | null, opsOf: Readonly<Record<string, (doc: Doc, me: string) => readonly Op[]>>): void {
  const { db } = openDatabase(folder, false);
  try {
    const userId = db.prepare("SELECT id FROM person WHERE name = ? OR (? IS NULL AND role = 'lead')").pluck().get(name, name) as string;
    const edits = createEdits({ db, me: { userId, deviceId: newId() }, notify: () => {} });
    for (const [file, ops] of Object.entries(opsOf)) {
      const imageId = db.prepare('SELECT id FROM image WHERE name = ?').pluck().get(file) as string;
      const { doc, rev } = edits.load(imageId);
      const result = edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: [...ops(doc, userId)], activeMs: 1000 }, 'script');
      expect(result.status).toBe('saved');
    }
  } finally {
    db.close();
  }
}

/** A caption of the cat by the lead, and who is to work on what. */
function plan(folder: string): void {
  const ids = { Aki: newId(), Ben: newId() };
  const catId = newId();
  const { db } = openDatabase(folder, false);
  for (const name of ['Aki', 'Ben'] as const) putPerson(db, { id: ids[name], name });
  db.close();
  const give = (name: Name) => (_doc: Doc, me: string) => addAssignment(me, ids[name], { kind: 'annotate', blind: false });
  edit(folder, null, {
    'cat.jpg': (doc, me) => [...addCaption(me, FIRST), ...addPointSet(me, 'cat', 'present', catId), ...give('Aki')(doc, me), ...give('Ben')(doc, me)],
    [OWN.Aki]: give('Aki'),
    [OWN.Ben]: give('Ben'),
  });
  edit(folder, null, { 'cat.jpg': (doc) => addPoint(doc, catId, 50, 50) });
}

const homeOf = (apart: string, name: Name) => ({ home: path.join(apart, `${name}-home`), projects: path.join(apart, name) });

/** Unpacks a package, describes the person's own image, words the cat's caption anew and moves its point. */
async function workApart(file: string, name: Name, apart: string): Promise<string> {
  const { home, projects } = homeOf(apart, name);
  const env = { POINTILLIST_HOME: home, POINTILLIST_PROJECTS: projects };
  const { project } = await cli<{ project: string }>(env, 'unpack', file);
  edit(project, name, {
    [OWN[name]]: (_doc, me) => addCaption(me, `Described by ${name}.`),
    'cat.jpg': (doc) => [textOp('caption', doc.caption[0]!.id, FIRST, OF_THE_CAT[name])!, ...movePoint(doc, doc.point[0]!.id, PLACE[name], 50)],
  });
  return project;
}

/** Starts the app by a double click on the package and hands in with the button; returns the file. */
async function handInByWindow(file: string, name: Name, apart: string): Promise<string> {
  const back = path.join(apart, 'back');
  mkdirSync(back, { recursive: true });
  const { app, page } = await launch({ ...homeOf(apart, name), args: [file] });
  try {
    await expect(page.getByRole('heading', { name: `shared work` })).toBeVisible();
    await expect(page.getByRole('gridcell')).toHaveCount(2);
    // Who was given images begins with those.
    await expect(page.getByRole('button', { name: 'Take off the filter: Mine' })).toBeVisible();
    await page.keyboard.press('F8');
    await page.getByRole('tab', { name: 'Packages and merge' }).click();
    await answerDialogs(app, [back]);
    await page.getByRole('button', { name: 'Write the file…' }).click();
    await expect(page.getByText('edits on 2 images are in').first()).toBeVisible();
    await shot(page, 'hand-in');
  } finally {
    await quit(app);
  }
  return path.join(
    back,
    readdirSync(back).find((each) => each.includes(name))!,
  );
}

/** What the system does where a person double-clicks a file while the app runs. */
const doubleClick = (app: ElectronApplication, file: string) =>
  app.evaluate(({ app: main }, path) => void main.emit('open-file', { preventDefault: () => {} }, path), file);

/** The next native dialogs answer with these. */
const answerDialogs = (app: ElectronApplication, paths: readonly string[]) =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);

/** What Electron tells the app that runs when it is started again with a package. */
const secondStart = (app: ElectronApplication, workPackage: string) =>
  app.evaluate(({ app: main }, file) => void main.emit('second-instance', {}, [], '', { project: null, workPackage: file }), workPackage);

test('a project is split into two packages, both come back, and what the two wanted differently is settled by a key', async ({ home, projects }) => {
  // Eight programs start one after the other or side by side.
  test.setTimeout(120_000);
  const photos = path.join(projects, 'pictures');
  const folder = path.join(projects, 'shared work');
  const out = path.join(projects, 'out');
  for (const each of [photos, out]) mkdirSync(each, { recursive: true });
  for (const name of ['cat.jpg', OWN.Aki, OWN.Ben]) cpSync(path.join(PHOTOS, name), path.join(photos, name));
  await makeProject(folder, photos, home);
  plan(folder);
  const { app, page } = await launch({ home, projects, args: ['--project', folder] });
  try {
    await expect(page.getByRole('gridcell')).toHaveCount(3);
    await page.keyboard.press('F8');
    await page.getByRole('tab', { name: 'Packages and merge' }).click();
    await expect(page.getByText('Nobody wanted different things.', { exact: false })).toBeVisible();
    for (const name of ['Aki', 'Ben']) await page.getByRole('list', { name: 'People who get a package' }).getByText(name, { exact: true }).click();
    await answerDialogs(app, [out]);
    await shot(page, 'packages');
    await page.getByRole('button', { name: 'Write 2 packages…' }).click();
    await expect(page.getByText('2 packages with 4 images.').first()).toBeVisible();
    expect(readdirSync(out).toSorted()).toEqual(['shared work - Aki.pntl', 'shared work - Ben.pntl']);

    const apart = path.join(path.dirname(home), 'apart');
    const [, bens] = await Promise.all((['Aki', 'Ben'] as const).map((name) => workApart(path.join(out, `shared work - ${name}.pntl`), name, apart)));
    const ofAki = await handInByWindow(path.join(out, 'shared work - Aki.pntl'), 'Aki', apart);
    const { file: ofBen } = await cli<{ file: string }>({ POINTILLIST_HOME: homeOf(apart, 'Ben').home }, 'hand-in', bens!, '--to', path.join(apart, 'back'));
    const back = [ofAki, ofBen];
    expect(back.every((file) => existsSync(file))).toBe(true);

    // A file that only has the name of a package is refused in one sentence, and what is open stays open.
    const hostile = path.join(apart, 'hostile.pntl');
    writeFileSync(hostile, 'PK not at all');
    await secondStart(app, hostile);
    await expect(page.getByText('That is not a whole work package. Ask for the file again.')).toBeVisible();
    // Handed-in work is no project: it is offered to be merged.
    await doubleClick(app, ofAki);
    await page.getByRole('button', { name: 'Merge into this project' }).click();
    await expect.poll(() => stored(folder, OWN.Aki).captions).toHaveLength(1);
    await answerDialogs(app, back);
    await page.getByRole('button', { name: 'Merge files…' }).click();

    // Each side is whole; the other one shows what it would change.
    const sides = page.getByTestId('conflict-sides').getByRole('article');
    await expect(sides).toHaveCount(2);
    await expect(page.getByText('2 of 2 left')).toBeVisible();
    for (const name of [OWN.Aki, OWN.Ben]) expect(stored(folder, name).captions).toHaveLength(1);
    const [stands] = stored(folder, 'cat.jpg').captions;
    const winner: Name = stands === OF_THE_CAT.Aki ? 'Aki' : 'Ben';
    const loser: Name = winner === 'Aki' ? 'Ben' : 'Aki';
    expect(stands).toBe(OF_THE_CAT[winner]);
    await expect(page.getByRole('article', { name: `1 · ${winner}` })).toContainText(OF_THE_CAT[winner]);
    await expect(page.getByRole('article', { name: `2 · ${loser}` }).getByTestId('text-diff')).toBeVisible();
    await shot(page, 'conflict');
    // Left for later, the next is where a point is: both places on one picture. Taken, taken back, and both kept.
    await page.keyboard.press('n');
    await expect(page.getByText('where it is')).toBeVisible();
    await expect(page.getByRole('img', { name: '2 points on the image' })).toBeVisible();
    await shot(page, 'conflict-points');
    await page.keyboard.press('2');
    await expect(page.getByText('1 of 2 left')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByText('2 of 2 left')).toBeVisible();
    await expect(page.getByText('where it is')).toBeVisible();
    await page.keyboard.press('3');
    await expect(page.getByText('1 of 2 left')).toBeVisible();
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'The text that takes the place of both' }).fill(OWN_WORDS);
    await page.getByRole('button', { name: 'Take this text' }).click();
    await expect(sides).toHaveCount(0);
    await expect(page.getByText('Nobody wanted different things.', { exact: false })).toBeVisible();

    // The same files again change nothing and bring nothing back.
    await page.getByRole('button', { name: 'Merge files…' }).click();
    await expect(page.getByText('holds nothing that is not here already.', { exact: false }).first()).toBeVisible();
    await expect(sides).toHaveCount(0);
    expect(stored(folder, 'cat.jpg').captions).toEqual([OWN_WORDS]);
    expect(
      stored(folder, 'cat.jpg')
        .sets.flatMap(({ points }) => points.map(([x]) => x))
        .toSorted((a, b) => a - b),
    ).toEqual([PLACE.Aki, PLACE.Ben]);
  } finally {
    await quit(app);
  }
  expect({ Aki: stored(folder, OWN.Aki).captions, Ben: stored(folder, OWN.Ben).captions }).toEqual({
    Aki: ['Described by Aki.'],
    Ben: ['Described by Ben.'],
  });
  expect(await cli({ POINTILLIST_HOME: home }, 'verify', folder)).toMatchObject({ ok: true, problems: [] });
});
