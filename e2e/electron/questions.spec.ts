/** Questions and answers in the real window: points inside answers, types and abilities by key, drafts of a language model, questions asked twice. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import path from 'node:path';
import { expect, test } from './app.ts';
import { begin, done, event, startTestServer, words } from '../../electron/core/testing/chat-server.ts';
import { stored } from './project-file.ts';

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/screens/${name}.png`) });
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/);
const answer = (page: Page, number = 1): Locator => page.getByRole('textbox', { name: `Answer ${number}` });
const chips = (page: Page): Locator => page.locator('[data-row] [data-set]');

async function openQuestions(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
}
async function clickAt(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

test('@ in an answer points in the image, and writing goes on behind the chip', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'two-dogs.jpg');
  await page.keyboard.type('Where do the dogs look?');
  // Nothing lies between a question and its answer for this key, least of all the button that deletes both.
  await page.keyboard.press('Tab');
  await expect(answer(page)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(answer(page)).toBeFocused();
  await page.keyboard.type('The dog@', { delay: 20 });
  await expect(page.getByTestId('pointing')).toContainText('dog');
  // Escape takes it back: nothing was placed, nothing is left.
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pointing')).toHaveCount(0);
  await expect(answer(page)).toHaveText('The dog');
  await expect(chips(page)).toHaveCount(0);
  await page.keyboard.type('@');
  await clickAt(page, 0.48, 0.33);
  await expect(answer(page)).toBeFocused();
  await clickAt(page, 0.55, 0.55);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 2 points');
  await page.keyboard.type(' leans out of the window@', { delay: 20 });
  await clickAt(page, 0.45, 0.2);
  await page.keyboard.type('.');
  await expect(page.getByTestId('pointing')).toHaveCount(0);
  await expect(chips(page)).toHaveCount(2);
  await saved(page);
  await shot(page, 'answer-with-points');
  const { turns, sets } = stored(folder, 'two-dogs.jpg');
  expect(turns[1]).toMatch(/^The <@[0-9a-f-]{36}> leans out of the <@[0-9a-f-]{36}>\.$/);
  expect(sets.map(({ label, points }) => [label, points.length])).toEqual([
    ['dog', 2],
    ['window', 1],
  ]);
  const axe = await new AxeBuilder({ page: page as never }).setLegacyMode().analyze();
  expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  // They are no labels.
  await page.keyboard.press('Alt+3');
  await expect(page.getByText('No labels yet.', { exact: false })).toBeVisible();
  await page.keyboard.press('Alt+2');

  // A chip is one character: Backspace takes it with its points, undo brings all of it back.
  await answer(page).focus();
  await page.keyboard.press(`${MOD}+End`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  await expect(chips(page)).toHaveCount(1);
  await expect(answer(page)).toHaveText(/leans out of the \.$/);
  await saved(page);
  expect(stored(folder, 'two-dogs.jpg').sets).toHaveLength(1);
  await page.keyboard.press(`${MOD}+z`);
  await expect(chips(page)).toHaveCount(2);
  await expect(answer(page)).toBeFocused();
  await saved(page);
  expect(stored(folder, 'two-dogs.jpg').sets).toHaveLength(2);

  // It is moved by a word, and dragged.
  await page.keyboard.press(`${MOD}+End`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect(answer(page)).toHaveText(/leans out of.*window.*the\s+\.$/);
  await page.keyboard.press(`${MOD}+z`);
  await expect(answer(page)).toHaveText(/the.*window.*\.$/);
  await chips(page)
    .first()
    .dragTo(answer(page), { targetPosition: { x: 15, y: 14 } });
  await expect.poll(() => stored(folder, 'two-dogs.jpg').turns[1]).toMatch(/^<@[0-9a-f-]{36}>The /);

  // Pasting is text alone; typing and deleting go letter by letter.
  await page.keyboard.press(`${MOD}+z`);
  await answer(page).focus();
  await page.keyboard.press(`${MOD}+a`);
  await page.keyboard.type('Gone');
  await expect(chips(page)).toHaveCount(0);
  await saved(page);
  await expect.poll(() => stored(folder, 'two-dogs.jpg').sets).toEqual([]);
  await page.keyboard.press(`${MOD}+z`);
  await page.keyboard.press(`${MOD}+z`);
  await expect(chips(page)).toHaveCount(2);
});

test('the words of a chip are edited where they stand, by F2 or a double click, and one undo takes that back', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'two-dogs.jpg');
  await page.keyboard.type('Who looks out?');
  await page.keyboard.press('Enter');
  await page.keyboard.type('The dog@', { delay: 20 });
  await clickAt(page, 0.48, 0.33);
  await page.keyboard.type(' does');
  const field = page.getByRole('textbox', { name: 'Phrase of mark 1' });
  await page.keyboard.press('F2');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('dog');
  // Keys of the app and of the answer are the field's while it is there.
  await page.keyboard.type('old  dog@ n');
  await shot(page, 'answer-phrase');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: old dog@ n, 1 point');
  // The caret is behind the chip.
  await page.keyboard.type('!');
  await saved(page);
  const { turns, sets } = stored(folder, 'two-dogs.jpg');
  expect(turns[1]).toMatch(/^The <@[0-9a-f-]{36}>! does$/);
  expect(sets).toMatchObject([{ label: 'old dog@ n', points: [[expect.any(Number), expect.any(Number)]] }]);
  await page.keyboard.press(`${MOD}+z`);
  await page.keyboard.press(`${MOD}+z`);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 1 point');
  // Escape and nothing at all leave it as it was; leaving the field takes it.
  await chips(page).dblclick();
  await expect(field).toBeFocused();
  await page.keyboard.type('cat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F2');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 1 point');
  await chips(page).dblclick();
  await page.keyboard.type('puppy');
  await page.getByRole('textbox', { name: 'Question 1' }).click();
  await expect(chips(page)).toHaveAccessibleName('Mark 1: puppy, 1 point');
  await expect(page.getByTestId('pointing')).toHaveCount(0);
});

test('while one points, undo takes back a point, a chip takes more, moving the view disturbs nothing, and letters go into the answer', async ({
  page,
  projects,
}) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'two-dogs.jpg');
  await page.keyboard.type('Where are they?');
  await page.keyboard.press('Enter');
  await page.keyboard.type('The dog@');
  await clickAt(page, 0.48, 0.33);
  await clickAt(page, 0.55, 0.55);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 2 points');
  await page.keyboard.press(`${MOD}+z`);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 1 point');
  await expect(page.getByRole('tab', { name: /Questions/ })).toHaveAttribute('aria-selected', 'true');
  // Still pointing: the next click is for the same mark.
  await clickAt(page, 0.56, 0.6);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 2 points');
  // The view is moved with the middle button, and writing goes on.
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(box.x + 240, box.y + 220);
  await page.mouse.up({ button: 'middle' });
  await expect(answer(page)).toBeFocused();
  await page.keyboard.type('s');
  await expect(page.getByTestId('pointing')).toHaveCount(0);
  await expect(answer(page)).toHaveText(/×2s$/);
  // A press on the chip goes on pointing; the keyboard's crosshair does it too.
  await chips(page).click();
  await expect(page.getByTestId('pointing')).toBeVisible();
  await clickAt(page, 0.3, 0.6);
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 3 points');
  await page.keyboard.press('F6');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(chips(page)).toHaveAccessibleName('Mark 1: dog, 4 points');
  await page.keyboard.press('Escape');
  await expect(answer(page)).toBeFocused();
  await expect(page.getByTestId('pointing')).toHaveCount(0);
  // Twice is the sign itself.
  await page.keyboard.press(`${MOD}+End`);
  await page.keyboard.type(' at a@@b');
  await expect(answer(page)).toHaveText(/ at a@b$/);
  await saved(page);
  await expect.poll(() => stored(folder, 'two-dogs.jpg').turns[1]).toMatch(/^The <@[0-9a-f-]{36}>s at a@b$/);
  // Undo of the first point takes the mark with it, and the word stays.
  for (let i = 0; i < 12 && (await chips(page).count()) > 0; i++) {
    const shown = (await answer(page).textContent()) ?? '';
    await page.keyboard.press(`${MOD}+z`);
    await expect(answer(page)).not.toHaveText(shown);
  }
  await expect(answer(page)).toHaveText('The dog');
  await saved(page);
  await expect.poll(() => stored(folder, 'two-dogs.jpg').sets).toEqual([]);
});

test('an input method writes around chips, and points at Japanese words', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'coffee.jpg');
  await page.keyboard.insertText('何がありますか？');
  await page.keyboard.press('Enter');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'こーひー', selectionStart: 4, selectionEnd: 4 });
  await cdp.send('Input.insertText', { text: '白いコーヒー' });
  await expect(answer(page)).toHaveText('白いコーヒー');
  await page.keyboard.type('@');
  await expect(page.getByTestId('pointing')).toContainText('コーヒー');
  await clickAt(page, 0.5, 0.5);
  await cdp.send('Input.imeSetComposition', { text: 'が', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.insertText', { text: 'があります。' });
  await saved(page);
  await expect.poll(() => stored(folder, 'coffee.jpg').turns[1]).toMatch(/^白い<@[0-9a-f-]{36}>があります。$/);
  expect(stored(folder, 'coffee.jpg').sets).toMatchObject([{ label: 'コーヒー', points: [[expect.any(Number), expect.any(Number)]] }]);
});

test('type and ability are said by one key each, suggested from the words, and a question asked twice is noticed', async ({ page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openQuestions(page, 'coins.jpg');
  await page.keyboard.type('How many coins are there?');
  // Suggested, never set.
  await expect(page.getByRole('button', { name: 'Counting?' })).toBeVisible();
  await saved(page);
  expect(stored(folder, 'coins.jpg').kinds).toEqual([[null, null]]);
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
  await saved(page);
  await expect.poll(() => stored(folder, 'coins.jpg').kinds).toEqual([['counting', 'counting']]);
  await expect(page.getByRole('button', { name: 'Counting?' })).toHaveCount(0);
  await page.keyboard.press(`${MOD}+5`);
  await page.keyboard.press(`${MOD}+Shift+1`);
  await expect.poll(() => stored(folder, 'coins.jpg').kinds).toEqual([['free', 'attribute']]);
  // The same key again takes it back; undo too.
  await page.keyboard.press(`${MOD}+5`);
  await expect.poll(() => stored(folder, 'coins.jpg').kinds).toEqual([['free', null]]);
  await page.keyboard.press(`${MOD}+z`);
  await expect.poll(() => stored(folder, 'coins.jpg').kinds).toEqual([['free', 'attribute']]);
  await expect(page.getByRole('button', { name: 'Ability: Attribute' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Twenty-four.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('how many coins are there');
  await expect(page.getByText('Asked on this image already: “How many coins are there?”')).toBeVisible();
  await shot(page, 'question-kinds');
  await page.keyboard.press(`${MOD}+a`);
  await page.keyboard.type('Which coin is the largest?');
  await expect(page.getByText('Asked on this image already', { exact: false })).toBeHidden();
});

test('questions of the project are chosen from a list', async ({ page, projects }) => {
  await openQuestions(page, 'coffee.jpg');
  await page.keyboard.press(`${MOD}+Alt+Comma`);
  await page.getByRole('dialog').getByRole('tab', { name: 'Questions' }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill('What is on the table?\nWho is in the picture?');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Question 1' }).focus();
  await page.keyboard.press('Alt+t');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('who');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toHaveValue('Who is in the picture?');
  await expect(page.getByRole('textbox', { name: 'Question 1' })).toBeFocused();
  await expect.poll(() => stored(`${projects}/Sample photos`, 'coffee.jpg').turns).toEqual(['Who is in the picture?', '']);
});

test('a language model drafts, a person complains, edits and accepts; nothing of theirs is overwritten', async ({ page, projects }) => {
  test.setTimeout(90_000);
  const folder = `${projects}/Sample photos`;
  const server = await startTestServer();
  try {
    await openQuestions(page, 'two-dogs.jpg');
    // Off by default.
    await page.keyboard.type('How many dogs are there?');
    await expect(page.getByRole('button', { name: 'Draft an answer' })).toHaveCount(0);
    await page.keyboard.press(`${MOD}+Alt+Comma`);
    await page.getByRole('tab', { name: 'Assistant' }).click();
    await page.getByText('Offer drafts of answers in this project').click();
    // What is missing is named also where it can't be seen, and marked where it is.
    await page.getByRole('tab', { name: 'Snippets' }).click();
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/Nothing is saved yet: on “Assistant” something is missing/);
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByRole('tab', { name: 'Assistant' }).click();
    await expect(page.getByRole('textbox', { name: 'Model' })).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('textbox', { name: 'Address' }).fill(server.endpoint);
    await page.getByRole('textbox', { name: 'Model' }).fill('tiny-model');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await expect(page.getByText('It works: “ready”', { exact: false })).toBeVisible();
    await shot(page, 'assistant-settings');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    // Without a caption there is nothing to answer from.
    await expect(page.getByRole('button', { name: 'Draft an answer' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Question 1' }).focus();
    await page.keyboard.press(`${MOD}+d`);
    await expect(page.getByTestId('draft')).toContainText('Write a caption first');
    await page.getByTestId('draft').getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('Alt+1');
    await page.getByRole('textbox', { name: 'Caption' }).fill('Two brown dogs lean out of a window.');
    await saved(page);
    await page.keyboard.press('Alt+2');
    await page.getByRole('textbox', { name: 'Question 1' }).focus();

    // Words show as they come.
    let go = () => {};
    server.answer = async (response) => {
      begin(response).write(event('There are '));
      await new Promise<void>((resolve) => (go = resolve));
      response.end(event('three.') + done);
    };
    await page.keyboard.press(`${MOD}+d`);
    await expect(page.getByTestId('draft')).toContainText('There are');
    go();
    await expect(page.getByTestId('draft')).toContainText('There are three.');
    await expect(page.getByTestId('draft')).toContainText('which has not seen the image');
    expect(stored(folder, 'two-dogs.jpg').turns[1]).toBe('');
    await shot(page, 'draft');

    server.answer = words('There are two.');
    await page.keyboard.press('Alt+w');
    await page.keyboard.type('Count again.');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('draft')).toContainText('There are two.');
    await expect(page.getByRole('button', { name: 'Accept' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Question 1' }).focus();
    await page.keyboard.press('Alt+Enter');
    await expect(answer(page)).toHaveText('There are two.');
    await expect(page.getByTestId('draft')).toHaveCount(0);
    await expect
      .poll(() => stored(folder, 'two-dogs.jpg').drafts)
      .toEqual([
        ['There are three.', 'rejected', null],
        ['There are two.', 'accepted', 'Count again.'],
      ]);

    // What a person wrote is replaced only when they say so, and undo brings it back.
    await page.keyboard.press(`${MOD}+a`);
    await page.keyboard.type('I see two.');
    await page.keyboard.press(`${MOD}+d`);
    await expect(page.getByRole('button', { name: 'Accept' })).toBeVisible();
    await page.keyboard.press('Alt+Enter');
    await expect(page.getByText('This replaces what you wrote.', { exact: false })).toBeVisible();
    await expect(answer(page)).toHaveText('I see two.');
    await page.keyboard.press('Alt+e');
    await expect(answer(page)).toHaveText('There are two.');
    await page.keyboard.press(`${MOD}+z`);
    await expect(answer(page)).toHaveText('I see two.');
    await page.keyboard.press(`${MOD}+Shift+z`);
    await expect(answer(page)).toHaveText('There are two.');
    await page.keyboard.press(`${MOD}+End`);
    await page.keyboard.type(' Both brown.');
    await page.keyboard.press('Escape');
    await expect.poll(() => stored(folder, 'two-dogs.jpg').drafts.at(-1)).toEqual(['There are two.', 'edited', null]);

    // Failures say what to do, and one goes on.
    server.answer = (response) => void response.writeHead(429).end();
    await answer(page).focus();
    await page.keyboard.press(`${MOD}+d`);
    await expect(page.getByTestId('draft')).toContainText('has too much to do');
    await page.getByTestId('draft').getByRole('button', { name: 'Close' }).click();
    await expect(answer(page)).toHaveText('There are two. Both brown.');
    expect(JSON.stringify(server.received)).not.toContain('image_url');
  } finally {
    await server.close();
  }
});
