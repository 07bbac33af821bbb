import { expect } from '@playwright/test';
import { openGallery, openImage, test } from './served-project.ts';

test('what a browser can’t do is not offered: importing, exporting, other projects', async ({ page, served }) => {
  await openGallery(page, served.url);
  for (const name of [/import/i, /export/i, /new project/i, /open.*project/i]) await expect(page.getByRole('button', { name })).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await expect(palette).toBeVisible();
  for (const word of ['import', 'export', 'project', 'folder']) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(word);
    await expect(palette.getByRole('option', { name: /^(import|export|new project|open|close project|show.*folder|relink|look for)/i })).toHaveCount(0);
  }
});

test('without the key a browser sees one sentence and nothing of the project', async ({ page, served, errors }) => {
  await page.goto(new URL('/', served.url).href);
  await expect(page.getByText('This address needs a key.')).toBeVisible();
  await page.goto(new URL('/?token=guess', served.url).href);
  await expect(page.getByText('This address needs a key.')).toBeVisible();
  for (const error of errors) expect(error).toContain('401');
  errors.length = 0;
});

test('a page of another origin can neither open a socket nor show a picture, though this browser holds the cookie', async ({ page, served, errors }) => {
  await openGallery(page, served.url);
  const source = await page.getByRole('grid').locator('img').first().getAttribute('src');
  const { port } = new URL(served.url);
  // Another name of the same machine is another origin.
  await page.route('http://elsewhere.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>elsewhere</title>' }));
  await page.goto('http://elsewhere.test/');
  const socket = await page.evaluate(
    (at) =>
      new Promise((resolve) => {
        const opened = new WebSocket(`ws://127.0.0.1:${at}/rpc`);
        opened.addEventListener('open', () => resolve('open'));
        opened.addEventListener('error', () => resolve('refused'));
      }),
    port,
  );
  expect(socket).toBe('refused');
  const picture = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const image = new Image();
        image.addEventListener('load', () => resolve('shown'));
        image.addEventListener('error', () => resolve('refused'));
        image.src = url;
      }),
    `http://127.0.0.1:${port}${source}`,
  );
  expect(picture).toBe('refused');
  errors.length = 0;
});

test('nothing in the page runs that is not ours: inline scripts, eval, other hosts', async ({ page, served, errors }) => {
  await openImage(page, served.url, 'rocket.jpg');
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.__ran = true';
    document.body.append(script);
    const fetched = await fetch('https://example.com/').then(
      () => 'fetched',
      () => 'refused',
    );
    return { ran: '__ran' in window, fetched };
  });
  expect(outcome).toEqual({ ran: false, fetched: 'refused' });
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toMatch(/Content Security Policy/i);
  errors.length = 0;
});

test('what browsers wrote is whole by the command line, and goes into an export', async ({ page, served }) => {
  await openImage(page, served.url, 'two-dogs.jpg');
  await page.getByRole('textbox', { name: 'Caption' }).fill('Two spaniels look out of a window, one above the other.');
  await expect(page.getByTestId('save-status').getByText(/^Saved/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  // "Saving…" comes with the next image; "Saved" from then on is of the submit, no longer of the caption.
  await expect(page.getByRole('application')).toHaveAccessibleName('Image astronaut.jpg');
  await expect(page.getByTestId('save-status').getByText(/^Saved/)).toBeVisible();
  await page.goto('about:blank');
  await served.stop();
  expect(JSON.parse(served.cli('verify', served.folder, '--json'))).toMatchObject({ ok: true, images: 15, problems: [] });
  const exported = JSON.parse(served.cli('export', served.folder, '--profile', 'pixmo-parquet', '--json')) as { folder: string; images: number };
  expect(exported.images).toBeGreaterThan(0);
  expect(JSON.parse(served.cli('verify', exported.folder, '--json'))).toMatchObject({ ok: true });
  await served.restart();
});
