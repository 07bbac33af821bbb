/** The spell-checker goes by dictionaries on the machine and never asks the network for one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, launch, quit, test } from './app.ts';

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
    expect(await languages()).toEqual([true, ['en-US']]);
    await write();
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
