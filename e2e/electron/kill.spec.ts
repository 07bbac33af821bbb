/** Whatever dies in the middle of a sentence, the text, the caret and the scroll position are there again; what was acknowledged is on disk. */
import type { ElectronApplication, Page } from '@playwright/test';
import path from 'node:path';
import { newId } from '../../shared/domain/ids.ts';
import { openDatabase } from '../../electron/core/db/open.ts';
import { verifyImage } from '../../electron/core/verify.ts';
import { corePid, expect, launch, quit, test } from './app.ts';
import { stored } from './project-file.ts';

/** At most this much of typing may be lost. */
const LOST_MS = 500;
const KEY_MS = 25;
const SENTENCE = 'A tabby cat looks straight into the camera and its whiskers are lit from the left side while the room behind it is dark. ';
const caption = (page: Page) => page.getByRole('textbox', { name: 'Caption' });
const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveText(/^Saved \d\d:\d\d:\d\d$/, { timeout: 15_000 });
const caret = (page: Page) => caption(page).evaluate((field: HTMLTextAreaElement) => (document.activeElement === field ? field.selectionEnd : -1));

async function openPhoto(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('application')).toHaveAccessibleName(`Image ${name}`);
  await expect(caption(page)).toBeFocused();
}
/** Types key by key until told to stop; returns what was typed by then. */
function typing(page: Page, text: string): { stop(): Promise<string> } {
  let going = true;
  const done = (async () => {
    let typed = '';
    for (const letter of text) {
      if (!going) break;
      try {
        await page.keyboard.type(letter, { delay: KEY_MS });
      } catch {
        break;
      }
      typed += letter;
    }
    return typed;
  })();
  return {
    stop() {
      going = false;
      return done;
    },
  };
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** The text that came back is what was typed, but for the end of it. The key that was down at the kill may be there though Playwright counts it as lost. */
function expectNearly(text: string, typed: string, whole: string): void {
  expect(whole.startsWith(text), text.slice(-40)).toBe(true);
  // A key takes 25 ms and what Playwright adds; that addition is left out to be on the safe side.
  expect(typed.length - text.length).toBeLessThanOrEqual(LOST_MS / KEY_MS);
  expect(text.length - typed.length).toBeLessThanOrEqual(1);
}

test('the page’s process dies while one types: text, caret and scroll come back', async ({ app, page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'cat.jpg');
  // Long enough to scroll.
  await page.keyboard.insertText(`${SENTENCE}\n`.repeat(18));
  await saved(page);
  const stream = typing(page, SENTENCE);
  await pause(900);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer());
  const before = `${SENTENCE}\n`.repeat(18);
  const typed = before + (await stream.stop());
  await expect.poll(() => field(app), { timeout: 15_000 }).toMatchObject({ image: 'Image cat.jpg', focused: true });
  const { text } = (await field(app))!;
  expectNearly(text, typed, before + SENTENCE);
  await expect.poll(() => field(app)).toMatchObject({ caret: text.length });
  expect((await field(app))!.scroll).toBeGreaterThan(100);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.insertText('And on.'));
  await expect.poll(() => stored(folder, 'cat.jpg').captions, { timeout: 10_000 }).toEqual([`${text}And on.`]);
});

/** The caption field of the page that was loaded after the crash, asked through main: Playwright holds on to the page that died. */
async function field(app: ElectronApplication) {
  const script = `(() => {
    const field = document.querySelector('[data-work="caption"] textarea');
    if (!field) return null;
    const scroll = field.scrollTop + (field.closest('[role="tabpanel"]')?.scrollTop ?? 0);
    return { image: document.querySelector('[role="application"]')?.ariaLabel, text: field.value, caret: field.selectionEnd, focused: document.activeElement === field, scroll };
  })()`;
  const asked = app.evaluate(({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code) as Promise<unknown>, script);
  return (await Promise.race([asked.catch(() => null), pause(2000).then(() => null)])) as {
    image: string;
    text: string;
    caret: number;
    focused: boolean;
    scroll: number;
  } | null;
}

test('the core and the page’s process die together: what the core never had is sent by the next page', async ({ app, page, projects }) => {
  const folder = `${projects}/Sample photos`;
  await openPhoto(page, 'coins.jpg');
  await page.keyboard.type('Rows of ');
  await saved(page);
  process.kill(corePid(app), 'SIGSTOP');
  await page.keyboard.type('old coins on a cloth.', { delay: KEY_MS });
  await pause(400);
  process.kill(corePid(app), 'SIGKILL');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer());
  const text = 'Rows of old coins on a cloth.';
  await expect.poll(() => field(app), { timeout: 15_000 }).toMatchObject({ text, focused: true, caret: text.length });
  await expect.poll(() => stored(folder, 'coins.jpg').captions).toEqual(['Rows of old coins on a cloth.']);
});

test('the whole app is killed while one types: the next one opens there, with the caret where it was', async ({ home, projects }) => {
  const folder = `${projects}/Sample photos`;
  let { app, page } = await launch({ home, projects });
  try {
    await openPhoto(page, 'rocket.jpg');
    // The window keeps where it is; the browser writes that down within some seconds.
    await pause(6000);
    const stream = typing(page, SENTENCE);
    await pause(1200);
    process.kill(app.process().pid!, 'SIGKILL');
    const typed = await stream.stop();
    await app.close().catch(() => {});
    ({ app, page } = await launch({ home, projects }));
    await expect(page.getByRole('application')).toHaveAccessibleName('Image rocket.jpg', { timeout: 15_000 });
    await expect(caption(page)).toBeFocused();
    await expect(caption(page)).not.toHaveValue('');
    const text = await caption(page).inputValue();
    expectNearly(text, typed, SENTENCE);
    await expect.poll(() => caret(page)).toBe(text.length);
    await page.keyboard.type('X');
    await expect.poll(() => stored(folder, 'rocket.jpg').captions).toEqual([`${text}X`]);
  } finally {
    await quit(app);
  }
});

interface Bridge {
  send(frame: object): void;
  onMessage(listener: (frame: { readonly id: number; readonly value?: unknown }) => void): void;
}

test('the whole app, killed ten times under a stream of edits, has lost nothing it had acknowledged', async ({ home, projects }) => {
  test.setTimeout(180_000);
  const folder = path.join(projects, 'Sample photos');
  const acknowledged: string[] = [];
  for (let round = 0; round < 10; round++) {
    const { app, page } = await launch({ home, projects });
    await expect(page.getByText('astronaut.jpg').first()).toBeVisible({ timeout: 15_000 });
    page.on('console', (message) => {
      const [what, id] = message.text().split(' ');
      if (what === 'acknowledged') acknowledged.push(id!);
    });
    const before = acknowledged.length;
    const ids = Array.from({ length: 6000 }, () => newId());
    void page.evaluate(streamEdits, ids).catch(() => {});
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before);
    await pause(100 + Math.random() * 900);
    process.kill(app.process().pid!, 'SIGKILL');
    await app.close().catch(() => {});
    await pause(200);
    const { db } = openDatabase(folder, false);
    const known = db.prepare('SELECT 1 FROM event WHERE id = ?');
    expect(acknowledged.filter((id) => known.get(id) === undefined)).toEqual([]);
    const nums = db.prepare('SELECT num FROM image').pluck().all() as number[];
    expect(nums.flatMap((num) => verifyImage(db, num))).toEqual([]);
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    db.close();
  }
  expect(acknowledged.length).toBeGreaterThan(100);
  console.log(`10 kills, ${acknowledged.length} acknowledged edits, none lost`);
});

/** Runs in the page: adds captions and points to the images, as fast as they are acknowledged. Ids come in threes: event, group, row. */
async function streamEdits(ids: string[]): Promise<void> {
  const bridge = (window as unknown as { pointillist: Bridge }).pointillist;
  let next = 3_000_000;
  const call = (method: string, input: object) =>
    new Promise<never>((resolve) => {
      const id = next++;
      bridge.onMessage((frame) => frame.id === id && resolve(frame.value as never));
      bridge.send({ t: 'call', id, method, input });
    });
  const { me } = (await call('app.info', {})) as { me: { id: string } };
  const { images } = (await call('images.page', { filter: {}, offset: 0, limit: 6 })) as { images: { id: string }[] };
  for (let at = 0; at + 2 < ids.length; at += 3) {
    const [eventId, groupId, rowId] = ids.slice(at, at + 3) as [string, string, string];
    const image = images[at % images.length]!;
    const row = { id: rowId, authorId: me.id, createdAt: Date.now() };
    const op =
      at % 2
        ? { op: 'add', kind: 'caption', row: { ...row, text: `caption ${at} 二匹の犬` } }
        : { op: 'add', kind: 'pointSet', row: { ...row, label: `label ${at}`, presence: 'present', method: 'pointing' } };
    const answer = (await call('edits.apply', { eventId, imageId: image.id, baseRev: 0, groupId, ops: [op] })) as { status: string };
    if (answer?.status === 'saved') console.log(`acknowledged ${eventId}`);
  }
}
