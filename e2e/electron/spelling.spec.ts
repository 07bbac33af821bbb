/** The spell-checker goes by dictionaries on the machine and never asks the network for one. */
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, launch, quit, test } from './app.ts';
import { realDictionary } from './real-dictionary.ts';

test('with and without dictionaries, writing opens no connection', async ({ home, projects }) => {
  test.setTimeout(120_000);
  // Everything that the app would ask the network for goes through this proxy, which only counts.
  let connections = 0;
  const proxy = createServer((socket) => {
    connections++;
    socket.on('error', () => {}).destroy();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const args = [`--proxy-server=http://127.0.0.1:${(proxy.address() as AddressInfo).port}`];
  let { app, page } = await launch({ home, projects, args });
  try {
    const write = async () => {
      await expect(
        page
          .getByRole('gridcell')
          .first()
          .or(page.getByRole('textbox', { name: 'Caption' })),
      ).toBeVisible({ timeout: 20_000 });
      if ((await page.getByRole('gridcell').count()) > 0) await page.getByRole('gridcell', { name: /coffee.jpg/ }).dblclick();
      await page.getByRole('textbox', { name: 'Caption' }).click();
      await page.keyboard.type('A cupp of coffe ');
      await page.waitForTimeout(1000);
    };
    const languages = () =>
      app.evaluate(({ session }) => [session.defaultSession.isSpellCheckerEnabled(), session.defaultSession.getSpellCheckerLanguages()] as const);
    expect(await languages()).toEqual([false, []]);
    await write();
    await page.keyboard.press('Control+Comma');
    await expect(page.locator('[data-spelling]')).toContainText('There is no dictionary on this machine');
    expect(connections).toBe(0);
    await quit(app);

    // A file that bears the name of a dictionary is used, one of no language is not; neither is asked for elsewhere when it is no good.
    mkdirSync(path.join(home, 'dictionaries'), { recursive: true });
    for (const name of ['en-US.bdic', 'xx.bdic', 'readme.txt']) writeFileSync(path.join(home, 'dictionaries', name), 'no dictionary');
    ({ app, page } = await launch({ home, projects, args }));
    await write();
    await expect.poll(languages).toEqual([true, ['en-US']]);
    expect(connections).toBe(0);

    // The counter counts: what does go out goes through it.
    await app.evaluate(
      ({ session }) =>
        void session
          .fromPartition('control')
          .fetch('http://example.test/')
          .catch(() => {}),
    );
    await expect.poll(() => connections).toBeGreaterThan(0);
  } finally {
    await quit(app);
    proxy.close();
  }
});

const real = realDictionary();
const caption = (page: Page) => page.getByRole('textbox', { name: 'Caption' });

test.describe('with a real English dictionary', () => {
  test.skip('reason' in real, 'reason' in real ? `no dictionary: ${real.reason}` : '');
  test.beforeEach(({ home }) => {
    if ('reason' in real) return;
    mkdirSync(path.join(home, 'dictionaries'), { recursive: true });
    copyFileSync(real.file, path.join(home, 'dictionaries', 'en-US.bdic'));
  });

  test('a wrong word is underlined, the menu offers spellings, and one undo takes the chosen one back', async ({ app, page }) => {
    test.setTimeout(90_000);
    await keepMenus(app);
    await open(page);
    await page.keyboard.type('A cup of cofee beside it. ');
    await expectWave(page, caption(page), 'cofee');
    expect(await redUnder(page, caption(page), 'beside')).toBe(0);
    expect(await menuAt(app, page, caption(page), 'cofee')).toEqual(
      expect.arrayContaining(['coffee', 'Add “cofee” to the dictionary', 'Cut', 'Copy', 'Paste', 'Select all']),
    );
    await choose(app, 'coffee');
    await expect(caption(page)).toHaveValue('A cup of coffee beside it. ');
    await page.keyboard.press('Control+z');
    await expect(caption(page)).toHaveValue('A cup of cofee beside it. ');
    await page.keyboard.press('Control+Shift+z');
    await expect(caption(page)).toHaveValue('A cup of coffee beside it. ');
    // Not of a right word.
    expect(await menuAt(app, page, caption(page), 'coffee')).toEqual(['Cut', 'Copy', 'Paste', 'Select all']);
  });

  test('in an answer with a point, the chosen spelling goes into the text and the point stays', async ({ app, page }) => {
    test.setTimeout(90_000);
    await keepMenus(app);
    await open(page);
    await page.keyboard.press('Alt+2');
    await page.keyboard.type('Where is it?');
    await page.keyboard.press('Enter');
    await page.keyboard.type('The cup@');
    await page.getByRole('application').click();
    await page.keyboard.type(' of cofee there. ');
    const answer = page.getByRole('textbox', { name: 'Answer' });
    await expect(answer).toContainText('of cofee there.');
    await expectWave(page, answer, 'cofee');
    await menuAt(app, page, answer, 'cofee');
    await choose(app, 'coffee');
    await expect(answer).toContainText('of coffee there.');
    await expect(answer.getByRole('img')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(answer).toContainText('of cofee there.');
  });

  test('a word that a person adds is right from then on, also after a restart, until they take it off in the settings', async ({ home, projects }) => {
    test.setTimeout(90_000);
    let { app, page } = await launch({ home, projects });
    try {
      await keepMenus(app);
      await open(page);
      await page.keyboard.type('A maiwod beside it. ');
      await expectWave(page, caption(page), 'maiwod');
      await menuAt(app, page, caption(page), 'maiwod');
      await choose(app, 'Add “maiwod” to the dictionary');
      await quit(app);

      ({ app, page } = await launch({ home, projects }));
      await keepMenus(app);
      await caption(page).click({ timeout: 20_000 });
      await page.keyboard.press('Control+End');
      await page.keyboard.type('The wrrong maiwod. ');
      // Checked by now, or the wrong one would not be underlined.
      await expectWave(page, caption(page), 'wrrong');
      expect(await menuAt(app, page, caption(page), 'maiwod')).not.toContain('Add “maiwod” to the dictionary');
      await page.keyboard.press('Control+Comma');
      await expect(page.getByRole('list', { name: 'Words that you added' })).toContainText('maiwod');
      await page.getByRole('button', { name: 'Take “maiwod” off the dictionary' }).click();
      await expect(page.getByRole('list', { name: 'Words that you added' })).toHaveCount(0);
      expect(await app.evaluate(({ session }) => session.defaultSession.listWordsInSpellCheckerDictionary())).toEqual([]);
    } finally {
      await quit(app);
    }
  });
});

async function open(page: Page): Promise<void> {
  await page.getByRole('gridcell', { name: /coffee.jpg/ }).dblclick({ timeout: 20_000 });
  await caption(page).click();
}
/** The window's system cannot show a menu to a test: what would be shown is kept, and chosen from by its label. */
async function keepMenus(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Menu }) => {
    Menu.prototype.popup = function popup(this: Electron.Menu) {
      (globalThis as { shownMenu?: Electron.Menu }).shownMenu = this;
    };
  });
}
async function menuAt(app: ElectronApplication, page: Page, field: Locator, word: string): Promise<string[]> {
  const { x, y, width, height } = await placeOf(field, word);
  await app.evaluate(() => void delete (globalThis as { shownMenu?: Electron.Menu }).shownMenu);
  await page.mouse.click(x + width / 2, y + height / 2, { button: 'right' });
  await expect.poll(() => app.evaluate(() => 'shownMenu' in globalThis)).toBe(true);
  return app.evaluate(() =>
    (globalThis as unknown as { shownMenu: Electron.Menu }).shownMenu.items.filter(({ type }) => type !== 'separator').map(({ label }) => label),
  );
}
/** Where a word in the first line of a field is on the page. A text area does not tell, so its words are measured; nothing is added to the page, which would be checked anew. */
const placeOf = (field: Locator, word: string) =>
  field.evaluate((element, wanted) => {
    if (element instanceof HTMLTextAreaElement) {
      const look = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const context = new OffscreenCanvas(1, 1).getContext('2d')!;
      context.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
      const width = (text: string) => context.measureText(text).width;
      const px = (...values: string[]) => values.reduce((sum, value) => sum + Number.parseFloat(value), 0);
      return {
        x: box.x + px(look.borderLeftWidth, look.paddingLeft) + width(element.value.slice(0, element.value.indexOf(wanted))),
        y: box.y + px(look.borderTopWidth, look.paddingTop),
        width: width(wanted),
        height: px(look.lineHeight),
      };
    }
    const node = [...element.childNodes].find((child): child is Text => child instanceof Text && child.data.includes(wanted))!;
    const range = document.createRange();
    range.setStart(node, node.data.indexOf(wanted));
    range.setEnd(node, node.data.indexOf(wanted) + wanted.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }, word);
/** Chromium underlines a moment after the word was left. Not within this time on a loaded machine means never. */
const WAVE_MS = 20_000;
async function expectWave(page: Page, field: Locator, word: string): Promise<void> {
  await expect.poll(() => redUnder(page, field, word), { timeout: WAVE_MS, intervals: [1000] }).toBeGreaterThan(10);
}
/** Red points on the screen at the lower border of a word: the wave that Chromium draws under what it takes for wrong. */
async function redUnder(page: Page, field: Locator, word: string): Promise<number> {
  const { x, y, width, height } = await placeOf(field, word);
  const png = (await page.screenshot({ clip: { x, y: y + height * 0.6, width, height: height * 0.5 }, caret: 'initial' })).toString('base64');
  return page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let red = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at]! - Math.max(data[at + 1]!, data[at + 2]!) > 60) red++;
    return red;
  }, png);
}
const choose = (app: ElectronApplication, label: string) =>
  app.evaluate(
    (_electron, wanted) => (globalThis as unknown as { shownMenu: Electron.Menu }).shownMenu.items.find((item) => item.label === wanted)!.click(),
    label,
  );
