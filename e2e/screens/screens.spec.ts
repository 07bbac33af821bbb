/** The pictures of the documentation, from the sample project in the real window: both languages, both themes, two sizes. */
import type { ElectronApplication, Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, launch, quit, test } from '../electron/app.ts';
import { texts, type Texts } from './sample-texts.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screens');
const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';
const sizes = [
  [1280, 800],
  [1920, 1080],
] as const;
/** WebP quality: text stays sharp, and all pictures together stay below 3 MB. */
const QUALITY = 62;

const pause = (page: Page, ms = 350) => page.waitForTimeout(ms);
const saved = (page: Page) => expect(page.locator('[data-testid="save-status"][data-tone="good"]')).toBeVisible({ timeout: 15_000 });

async function open(page: Page, name: string): Promise<void> {
  await page.locator('[role="gridcell"]', { hasText: `${name}.jpg` }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(new RegExp(`${name}.jpg`));
  await expect(page.getByTestId('zoom')).toHaveText(/\d %/);
}
async function toGallery(page: Page): Promise<void> {
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+G');
  await expect(page.locator('[role="gridcell"]').first()).toBeVisible();
}
async function click(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}
async function label(page: Page, words: string): Promise<void> {
  await page.keyboard.press('l');
  await page.keyboard.insertText(words);
  await page.keyboard.press('Enter');
}

/** The work that the pictures show. */
async function prepare(page: Page, { person, first, caption, questions, labels, absent, others, coin }: Texts): Promise<void> {
  await page.evaluate((name) => {
    (window as unknown as { pointillist: { send(frame: object): void } }).pointillist.send({
      t: 'call',
      id: 5_000_000,
      method: 'people.rename',
      input: { name },
    });
  }, person);
  for (const [name, words] of others) {
    await open(page, name);
    await page.keyboard.insertText(words);
    await saved(page);
    if (name !== 'fig-bowl') await page.keyboard.press(`${MOD}+Enter`);
    await pause(page);
    await toGallery(page);
  }
  await open(page, 'coins');
  await page.keyboard.press('Alt+3');
  await label(page, coin);
  for (let at = 0; at < 12; at++) await click(page, 0.26 + (at % 6) * 0.095, at < 6 ? 0.26 : 0.42);
  await saved(page);
  await toGallery(page);
  await open(page, 'rocket');
  await page.keyboard.press('Alt+s');
  await page.keyboard.press('1');
  await pause(page);
  await toGallery(page);

  await open(page, 'two-dogs');
  await page.keyboard.press('Alt+1');
  await page.keyboard.insertText(first);
  await pause(page, 1300);
  await page.keyboard.press(`${MOD}+a`);
  await page.keyboard.insertText(caption);
  await pause(page, 1300);
  await page.keyboard.press('Alt+2');
  for (const [index, [question, before, after]] of questions.entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.insertText(question);
    await page.keyboard.press('Enter');
    await page.keyboard.insertText(before);
    if (after === '') continue;
    await page.keyboard.type('@');
    await pause(page);
    await click(page, 0.48, 0.33);
    await click(page, 0.55, 0.55);
    await page.keyboard.insertText(after);
  }
  await pause(page, 1300);
  await page.keyboard.press('Alt+3');
  await label(page, labels[0]);
  await click(page, 0.43, 0.3);
  await click(page, 0.52, 0.49);
  await label(page, labels[1]);
  for (const [x, y] of [
    [0.32, 0.62],
    [0.33, 0.7],
    [0.32, 0.78],
    [0.33, 0.86],
  ] as const)
    await click(page, x, y);
  await page.keyboard.press('n');
  await page.keyboard.insertText(absent);
  await page.keyboard.press('Enter');
  await page.keyboard.press('1');
  await saved(page);
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(2, 2);
  await pause(page);
  const cdp = await page.context().newCDPSession(page);
  const take = async (format: 'webp' | 'png', quality?: number) =>
    Buffer.from((await cdp.send('Page.captureScreenshot', { format, ...(quality === undefined ? {} : { quality }) })).data, 'base64');
  const file = path.join(folder, name);
  // The one that the README shows; PNG for readers that know nothing newer.
  if (name === 'annotate-caption-dark') writeFileSync(`${file}.png`, await take('png'));
  else writeFileSync(`${file}.webp`, await take('webp', QUALITY));
  await cdp.detach();
}

/** Each screen, from the annotate screen of the two dogs and back to it. */
const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'annotate-caption': (page) => page.keyboard.press('Alt+1'),
  'annotate-questions': (page) => page.keyboard.press('Alt+2'),
  'annotate-points': (page) => page.keyboard.press('Alt+3'),
  history: async (page) => {
    await page.keyboard.press('Alt+h');
    await expect(page.locator('[role="dialog"] [role="option"]').first()).toBeVisible();
    await page
      .locator('[role="dialog"] [role="option"]')
      .filter({ hasText: /caption|キャプション/ })
      .first()
      .click();
  },
  settings: async (page) => {
    await page.keyboard.press(`${MOD}+,`);
    await page.locator('[role="dialog"] [role="radio"]').nth(1).click();
  },
  gallery: async (page) => {
    await toGallery(page);
    await page.keyboard.press(`${MOD}+Home`);
  },
};

async function resize(app: ElectronApplication, [width, height]: (typeof sizes)[number]): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      window.setContentBounds({ x: 0, y: 0, width: size[0], height: size[1] });
    },
    [width, height] as const,
  );
}

for (const locale of ['en', 'ja'] as const) {
  test(`pictures in ${locale}`, async ({ home, projects }) => {
    mkdirSync(folder, { recursive: true });
    const { app, page } = await launch({ home, projects });
    try {
      await expect(page.getByText('astronaut.jpg').first()).toBeVisible({ timeout: 20_000 });
      await resize(app, sizes[0]);
      await page.evaluate((wanted) => {
        const kept = JSON.parse(localStorage.getItem('pointillist.session') ?? '{"state":{},"version":1}') as { state: object };
        localStorage.setItem('pointillist.session', JSON.stringify({ ...kept, state: { ...kept.state, locale: wanted } }));
      }, locale);
      await page.reload();
      await expect(page.getByText('astronaut.jpg').first()).toBeVisible();
      await prepare(page, texts[locale]);
      for (const size of sizes) {
        await resize(app, size);
        for (const colorScheme of ['dark', 'light'] as const) {
          await page.emulateMedia({ colorScheme });
          for (const [name, show] of Object.entries(screens)) {
            await show(page);
            await shoot(page, [name, colorScheme, ...(locale === 'en' ? [] : [locale]), ...(size[0] === 1280 ? [] : [size[0]])].join('-'));
            if (name === 'history' || name === 'settings') await page.keyboard.press('Escape');
            await pause(page, 150);
          }
          await open(page, 'two-dogs');
        }
      }
    } finally {
      await quit(app);
    }
  });
}
