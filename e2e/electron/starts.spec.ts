/** The first start, and what no page of the app can do. */
import { expect, test } from './app.ts';

test.describe('for somebody who never had a project', () => {
  test.use({ firstStart: true });

  test('the first start shows the sample project, kept in the projects folder', async ({ page, projects }) => {
    await expect(page.getByRole('heading', { name: 'Sample photos' })).toBeVisible();
    await expect(page.getByRole('button', { name: /All images/ })).toContainText('15', { timeout: 20_000 });
    const { existsSync } = await import('node:fs');
    await expect.poll(() => existsSync(`${projects}/Sample photos/project.sqlite`)).toBe(true);
  });
});

test('the page knows nothing of Node and gets exactly the bridge', async ({ page }) => {
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { pointillist: object }).pointillist).sort(),
  }));
  expect(found.node).toEqual([]);
  expect(found.bridge).toEqual(
    [
      'forgetWord',
      'onBeforeClose',
      'onCore',
      'onMenuCommand',
      'onMessage',
      'onOpenPackage',
      'pathOf',
      'pickFolder',
      'pickImages',
      'pickModel',
      'pickPackages',
      'platform',
      'reveal',
      'runtime',
      'send',
      'setChrome',
      'spelling',
    ].sort(),
  );
});

test('the page is sandboxed and isolated', async ({ app, page }) => {
  await page.waitForLoadState();
  const settings = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag };
  });
  expect(settings).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
});

test('links, scripts and redirects cannot take the page elsewhere', async ({ page }) => {
  await page.waitForLoadState();
  for (const target of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'app://elsewhere/',
    'app://pointillist/media/',
  ]) {
    await page.evaluate((url) => void (location.href = url), target);
    await page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
  }
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(page.url()).toBe('app://pointillist/');
});

test('no new window opens and no page is embedded', async ({ app, page }) => {
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
  expect(await page.evaluate(() => window.open('app://pointillist/') === null)).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  const frames = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'app://pointillist/';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 200));
    let reached = false;
    try {
      reached = frame.contentDocument?.getElementById('root') != null;
    } catch {
      // Another origin: nothing of ours is in it.
    }
    frame.remove();
    return reached;
  });
  expect(frames).toBe(false);
});

test('permissions are refused, except the microphone', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const ask = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      geolocation: await ask('geolocation'),
      notifications: await ask('notifications'),
      camera: await ask('camera'),
      microphone: await ask('microphone'),
    };
  });
  expect(states).toEqual({ geolocation: 'denied', notifications: 'denied', camera: 'denied', microphone: 'granted' });
  const camera = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (error: Error) => error.name,
    ),
  );
  expect(['NotAllowedError', 'NotFoundError']).toContain(camera);
});

test('nothing is fetched from anywhere else, not even from this machine', async ({ page }) => {
  const results = await page.evaluate(() => {
    const tried = (url: string) =>
      fetch(url).then(
        () => 'reached',
        () => 'blocked',
      );
    return Promise.all(['http://127.0.0.1:9/', 'https://example.com/', 'file:///etc/hostname', 'app://elsewhere/'].map(tried));
  });
  expect(results).toEqual(['blocked', 'blocked', 'blocked', 'blocked']);
});

test('inline scripts, eval and styles from elsewhere are refused by the policy', async ({ page }) => {
  const ran = await page.evaluate(async () => {
    const mark = window as unknown as { ran?: string };
    const script = document.createElement('script');
    script.textContent = 'window.ran = "inline"';
    document.body.append(script);
    const image = document.createElement('div');
    image.innerHTML = '<img src="x" onerror="window.ran = \'handler\'">';
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 200));
    script.remove();
    image.remove();
    let evaluated = false;
    try {
      evaluated = new Function('return true')() as boolean;
    } catch {
      // As it should be.
    }
    return { ran: mark.ran ?? null, evaluated };
  });
  expect(ran).toEqual({ ran: null, evaluated: false });
});

test('media is served by id, never by a path', async ({ page }) => {
  const statuses = await page.evaluate(async () => {
    const status = async (path: string) => (await fetch(path)).status;
    return Promise.all(
      [
        '/media/image/00000000-0000-7000-8000-000000000000',
        '/media/image/..%2f..%2fetc%2fpasswd',
        '/media/image//etc/passwd',
        '/..%2f..%2fpackage.json',
        '/.stamp',
      ].map(status),
    );
  });
  expect(statuses).toEqual([404, 400, 400, 404, 404]);
});

test('a page that crashes is loaded again and reaches the core', async ({ app, page }) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const loaded = new Promise<void>((resolve) => contents.once('did-finish-load', () => resolve()));
    contents.forcefullyCrashRenderer();
    return loaded;
  });
  const text = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    for (let tries = 0; tries < 100; tries++) {
      const found = (await contents.executeJavaScript("document.getElementById('root').textContent")) as string;
      if (found !== '') return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return '';
  });
  expect(text).not.toBe('');
});
