/** The six everyday tasks of docs/effort.md, done and counted; and a whole image by the keyboard alone, in English and with a Japanese input method. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { countEffort, type Effort, secondsOf } from './effort-counter.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const image = (page: Page) => page.getByRole('application');
const shownImage = (page: Page, name: string) => expect(image(page)).toHaveAccessibleName(`Image ${name}`);
const ready = (page: Page) => expect(page.getByTestId('zoom')).toHaveText(/\d %/);
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
const counts = (page: Page) => page.getByTestId('point-counts');

async function openPhoto(page: Page, name: string, tab?: 'Alt+2' | 'Alt+3'): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await shownImage(page, name);
  await ready(page);
  if (tab) await page.keyboard.press(tab);
}
/** Prints what was counted and holds it against the aim and against what the documentation says. */
function check(task: string, effort: Effort, aim: number, documented: string): void {
  const { keys, clicks, drags, moves, decisions } = effort;
  const told = `K${keys} C${clicks} D${drags} P${moves} M${decisions} ${secondsOf(effort).toFixed(2)} s`;
  console.log(`${task}: ${told} (aim ${aim} s)`);
  expect(told).toBe(documented);
  expect(secondsOf(effort)).toBeLessThanOrEqual(aim);
}

test('T1: a caption, saved, and the next image', async ({ page, projects }) => {
  await openPhoto(page, 'cat.jpg');
  const person = countEffort(page);
  await person.text('A tabby cat looks into the camera. Its whiskers are lit from the side.');
  person.decide('that the image is done');
  await person.key(`${MOD}+Enter`);
  await expect(image(page)).not.toHaveAccessibleName('Image cat.jpg');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
  await saved(page);
  expect(stored(`${projects}/Sample photos`, 'cat.jpg')).toMatchObject({ state: 'submitted', captions: [expect.stringContaining('whiskers')] });
  check('T1', person.effort(), 2, 'K2 C0 D0 P0 M1 1.91 s');
});

/** Three questions with answers as the shortest way goes: Enter leads on, so a key stands between two texts only. */
async function threeQuestions(person: ReturnType<typeof countEffort>): Promise<void> {
  for (const [index, [question, answer]] of pairs.entries()) {
    if (index > 0) await person.key('Enter');
    await person.text(question);
    await person.key('Enter');
    await person.text(answer);
  }
}
const pairs = [
  ['How many dogs are there?', 'Two.'],
  ['Where do they look?', 'Down to the left.'],
  ['What are the walls made of?', 'Wooden boards.'],
] as const;

test('T2: three questions with their answers, submitted, on one image after another', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'two-dogs.jpg');
  const first = countEffort(page);
  first.decide('to go on to questions');
  await first.key('Alt+2');
  await threeQuestions(first);
  first.decide('that the image is done');
  await first.key(`${MOD}+Enter`);
  await expect(image(page)).not.toHaveAccessibleName('Image two-dogs.jpg');
  await expect.poll(() => stored(folder, 'two-dogs.jpg')).toMatchObject({ state: 'submitted', turns: pairs.flat() });

  // The next image is met with the questions open and the focus in the first one.
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toHaveValue('');
  const name = (await image(page).getAttribute('aria-label'))!.replace('Image ', '');
  const person = countEffort(page);
  await threeQuestions(person);
  person.decide('that the image is done');
  await person.key(`${MOD}+Enter`);
  await expect(image(page)).not.toHaveAccessibleName(`Image ${name}`);
  await expect.poll(() => stored(folder, name)).toMatchObject({ state: 'submitted', turns: pairs.flat() });
  check('T2 on the first image', first.effort(), 5.3, 'K9 C0 D0 P0 M2 5.22 s');
  check('T2', person.effort(), 3.5, 'K7 C0 D0 P0 M1 3.31 s');
});

test('T3: twenty points of one label', async ({ page, projects }) => {
  await openPhoto(page, 'coins.jpg', 'Alt+3');
  const person = countEffort(page);
  await person.key('l');
  await person.text('coin');
  await person.key('Enter');
  for (let at = 0; at < 20; at++) await person.click(0.3 + (at % 5) * 0.1, 0.25 + Math.floor(at / 5) * 0.15);
  await expect(counts(page)).toHaveText('coin: 20 points');
  await saved(page);
  expect(stored(`${projects}/Sample photos`, 'coins.jpg').sets[0]!.points).toHaveLength(20);
  check('T3', person.effort(), 27, 'K2 C20 D0 P20 M0 26.56 s');
});

test('T4: an answer that refers to five points', async ({ page, projects }) => {
  await openPhoto(page, 'coins.jpg', 'Alt+2');
  const person = countEffort(page);
  await person.text('Which coins are the largest?');
  await person.key('Enter');
  await person.text('The largest are these coins');
  person.decide('to point here');
  await person.key('Shift+@');
  for (let at = 0; at < 5; at++) await person.click(0.3 + at * 0.1, 0.3);
  await person.text(' in the upper rows.');
  await saved(page);
  const { turns, sets } = stored(`${projects}/Sample photos`, 'coins.jpg');
  expect(turns[1]).toMatch(/^The largest are these <@[0-9a-f-]{36}> in the upper rows\.$/);
  expect(sets[0]!.points).toHaveLength(5);
  check('T4', person.effort(), 9, 'K3 C5 D0 P5 M1 8.69 s');
});

test('T5: a mistaken point three images ago is corrected, and back', async ({ page, projects }) => {
  await openPhoto(page, 'coffee.jpg', 'Alt+3');
  await page.keyboard.press('l');
  await page.keyboard.type('cup');
  await page.keyboard.press('Enter');
  const box = (await image(page).boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await expect(counts(page)).toHaveText('cup: 1 point');
  await saved(page);
  const before = stored(`${projects}/Sample photos`, 'coffee.jpg').sets[0]!.points[0]!;
  for (let step = 0; step < 3; step++) {
    const name = (await image(page).getAttribute('aria-label'))!;
    await page.keyboard.press('PageDown');
    await expect(image(page)).not.toHaveAccessibleName(name);
  }
  const here = (await image(page).getAttribute('aria-label'))!;
  const person = countEffort(page);
  for (let step = 0; step < 3; step++) {
    const name = (await image(page).getAttribute('aria-label'))!;
    await person.key('PageUp');
    await expect(image(page)).not.toHaveAccessibleName(name);
  }
  await shownImage(page, 'coffee.jpg');
  await ready(page);
  await expect(counts(page)).toHaveText('cup: 1 point');
  await page.waitForTimeout(300);
  await person.drag([0.5, 0.5], [0.6, 0.6]);
  for (let step = 0; step < 3; step++) {
    const name = (await image(page).getAttribute('aria-label'))!;
    await person.key('PageDown');
    await expect(image(page)).not.toHaveAccessibleName(name);
  }
  await expect(image(page)).toHaveAccessibleName(here);
  await saved(page);
  const after = stored(`${projects}/Sample photos`, 'coffee.jpg').sets[0]!.points;
  expect(after).toHaveLength(1);
  expect(after[0]![0]).toBeGreaterThan(before[0] + 3);
  check('T5', person.effort(), 4.5, 'K6 C0 D1 P2 M0 4.08 s');
});

test('T6: none of four labels is present, checked against the points', async ({ page, projects }) => {
  await openPhoto(page, 'sunset.jpg', 'Alt+3');
  const person = countEffort(page);
  person.decide('that none is there');
  await person.key('n');
  await person.text('cat, dog, bird, horse');
  await person.key('Enter');
  await expect(counts(page)).toHaveText('cat: not present, dog: not present, bird: not present, horse: not present');
  await saved(page);
  expect(stored(`${projects}/Sample photos`, 'sunset.jpg').sets.map(({ label, presence }) => [label, presence])).toEqual(
    ['cat', 'dog', 'bird', 'horse'].map((label) => [label, 'absent']),
  );
  check('T6', person.effort(), 3, 'K2 C0 D0 P0 M1 1.91 s');
  // A label that has points is not taken for absent, and one undo takes all of it back.
  await page.keyboard.press(`${MOD}+z`);
  await page.keyboard.press('l');
  await page.keyboard.type('sun');
  await page.keyboard.press('Enter');
  const box = (await image(page).boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await page.keyboard.press('n');
  await page.keyboard.type('moon, sun');
  await page.keyboard.press('Enter');
  await expect(counts(page)).toHaveText('sun: 1 point, moon: not present');
  await expect(page.getByTestId('notice')).toContainText('sun: has points here');
});

test('a whole image without the mouse, but for the clicks on the image itself', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
  await ready(page);
  const name = (await image(page).getAttribute('aria-label'))!.replace('Image ', '');
  await page.keyboard.type('An astronaut in an orange suit smiles. Behind her are a flag and a model of a shuttle.');
  await page.keyboard.press('Alt+2');
  await page.keyboard.type('What colour is the suit?');
  await page.keyboard.press('Enter');
  await page.keyboard.type('It is orange.');
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('l');
  await page.keyboard.type('patch');
  await page.keyboard.press('Enter');
  const box = (await image(page).boundingBox())!;
  for (let at = 0; at < 5; at++) await page.mouse.click(box.x + box.width * (0.35 + at * 0.06), box.y + box.height * 0.5);
  await expect(counts(page)).toHaveText('patch: 5 points');
  await page.keyboard.press(`${MOD}+Enter`);
  await expect(image(page)).not.toHaveAccessibleName(`Image ${name}`);
  await saved(page);
  expect(stored(folder, name)).toMatchObject({
    state: 'submitted',
    captions: ['An astronaut in an orange suit smiles. Behind her are a flag and a model of a shuttle.'],
    turns: ['What colour is the suit?', 'It is orange.'],
    sets: [{ label: 'patch', presence: 'present', points: [{}, {}, {}, {}, {}] }],
  });
});

test('while a Japanese input method composes, no key is a shortcut, and what it writes is kept', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'cat.jpg');
  const cdp = await page.context().newCDPSession(page);
  const compose = (text: string) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const commit = (text: string) => cdp.send('Input.insertText', { text });
  /** A key press as the browser gets it while the input method has it. */
  const imeKey = (key: string, code: string, modifiers = 0) =>
    cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, modifiers, windowsVirtualKeyCode: 229 });
  /** Enter that the page is told of while something is composed; it writes nothing, as the input method takes it. */
  const composingEnter = () => cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
  await compose('ねこ');
  // Enter takes the candidate, Ctrl+Enter would submit, Alt+arrow would leave: none may, by either sign of composing.
  await imeKey('Process', 'Enter');
  await imeKey('Enter', 'Enter', 2);
  await page.keyboard.press(`${MOD}+Enter`);
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+2');
  await shownImage(page, 'cat.jpg');
  await compose('猫が');
  await commit('猫が窓を見ている。');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toHaveValue(/猫が窓を見ている。/);
  await expect(page.getByRole('tab', { name: /Caption/ })).toHaveAttribute('aria-selected', 'true');
  await saved(page);

  // Enter that ends a composition in a question does not go on to the answer; the next one does.
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
  await compose('なにいろ');
  await imeKey('Process', 'Enter');
  await composingEnter();
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
  await commit('何色ですか');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Answer 1' })).toBeFocused();
  await compose('ちゃ');
  await composingEnter();
  await commit('茶色です。');
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveCount(1);
  await saved(page);

  // The same for a label.
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('l');
  await compose('みみ');
  await composingEnter();
  await expect(page.getByRole('combobox', { name: 'Name of the label' })).toBeFocused();
  await commit('耳');
  await page.keyboard.press('Enter');
  await expect(counts(page)).toHaveText('耳: 0 points');
  await saved(page);
  expect(stored(folder, 'cat.jpg')).toMatchObject({
    state: 'draft',
    captions: ['猫が窓を見ている。'],
    turns: ['何色ですか', '茶色です。'],
    sets: [{ label: '耳' }],
  });
});
