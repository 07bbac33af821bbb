import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPageHandler } from './pages.ts';

let folder: string;
let handle: (request: Request) => Promise<Response>;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pointillist-pages-'));
  mkdirSync(path.join(folder, 'dist/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.json'), 'secret');
  writeFileSync(path.join(folder, 'dist/.stamp'), 'stamp');
  writeFileSync(path.join(folder, 'dist/index.html'), '<!doctype html>');
  writeFileSync(path.join(folder, 'dist/assets/index-abc.js'), 'export {};');
  handle = createPageHandler(path.join(folder, 'dist'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const get = (url: string) => handle(new Request(`app://pointillist${url}`));

test('the page comes with a policy that allows no inline script and no other host', async () => {
  const response = await get('/');
  const policy = response.headers.get('content-security-policy')!;
  expect(await response.text()).toBe('<!doctype html>');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|http|data:|\*/);
  expect(response.headers.get('cache-control')).toBe('no-cache');
});

test('a file named after its content may be kept forever', async () => {
  const response = await get('/assets/index-abc.js');
  expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
});

test.each(['/.stamp', '/../secret.json', '/..%2fsecret.json', '/%2e%2e/secret.json', '/assets', '/assets/', '//etc/passwd', '/index.html/x'])(
  '%s is not there',
  async (url) => {
    expect((await get(url)).status).toBe(404);
  },
);

test('only the origin that it is told of is added to where the page may connect', async () => {
  const policyOf = async (page: ReturnType<typeof createPageHandler>) =>
    (await page(new Request('app://pointillist/'))).headers.get('content-security-policy')!.split('; ');
  const before = await policyOf(handle);
  const after = await policyOf(createPageHandler(path.join(folder, 'dist'), { connect: ['picture://pointillist'] }));
  expect(after.filter((rule) => !before.includes(rule))).toEqual(["connect-src 'self' picture://pointillist"]);
  expect(before).toContain("connect-src 'self'");
});
