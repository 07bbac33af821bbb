import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import { addCaption } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { imageFilterSchema } from '../../shared/domain/image.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { type Bench, createBench } from '../cli/testing.ts';
import { browser, get, logIn, openSocket } from './testing.ts';

// Real files through real worker processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let bench: Bench;
let running: ReturnType<Bench['start']>;
let url: string;
let port: number;
const own = () => ({ Host: `127.0.0.1:${port}` });
const origin = () => `http://127.0.0.1:${port}`;
const firstImages = async (client: Client) => (await client.call('images.page', { filter: imageFilterSchema.parse({}), offset: 0, limit: 10 })).images;

async function serve(...options: string[]) {
  const started = bench.start('serve', bench.project, '--port', '0', '--json', ...options);
  let ended = false;
  void started.ended.then(() => (ended = true));
  while (!started.out().endsWith('}\n')) {
    if (ended) throw new Error(started.err());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { started, ...(JSON.parse(started.out()) as { url: string; port: number }) };
}

beforeAll(async () => {
  bench = createBench(2);
  const pages = path.join(bench.folder, 'pages');
  mkdirSync(path.join(pages, 'assets'), { recursive: true });
  writeFileSync(path.join(pages, 'index.html'), '<!doctype html><title>the app</title>');
  writeFileSync(path.join(pages, 'assets', 'main-1a2b.js'), 'export {};');
  bench.env['POINTILLIST_PAGES'] = pages;
  await bench.cli('new', bench.project);
  await bench.json('import', bench.project, bench.photos);
  ({ started: running, url, port } = await serve());
}, 30_000);
afterAll(async () => {
  running.stop();
  await running.ended;
  bench.remove();
});

test('the start address holds a key that is exchanged for a cookie no script and no other site can use', async () => {
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  const { pathname, search } = new URL(url);
  const first = await get(port, pathname + search);
  expect(first.status).toBe(200);
  expect(first.headers['set-cookie']).toEqual([expect.stringMatching(/^pointillist-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)]);
  expect(String(first.body)).toContain('content="0; url=/"');
  expect(first.headers['referrer-policy']).toBe('no-referrer');
  const Cookie = await logIn(url);
  const page = await get(port, '/', { Cookie });
  expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' } });
  expect(String(page.body)).toContain('the app');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await get(port, '/assets/main-1a2b.js', { Cookie })).status).toBe(200);
  expect((await get(port, '/../../package.json', { Cookie })).status).toBe(404);
  expect((await get(port, '/', { Cookie }, 'POST')).status).toBe(405);
});

test('without the key nothing is shown, and a sentence in the browser’s language says what to do', async () => {
  for (const target of ['/', '/?token=wrong', '/assets/main-1a2b.js', `/media/thumb/${newId()}`]) {
    for (const headers of [{}, { Cookie: `pointillist-${port}=wrong` }, { Cookie: `other=${new URL(url).searchParams.get('token')}` }]) {
      expect((await get(port, target, headers)).status).toBe(401);
    }
  }
  expect(String((await get(port, '/')).body)).toMatch(/needs a key/);
  expect(String((await get(port, '/', { 'Accept-Language': 'ja,en;q=0.5' })).body)).toMatch(/鍵が必要/);
});

test('a name that is not ours is refused, also with the cookie: it may be another site’s name that points here', async () => {
  const Cookie = await logIn(url);
  for (const Host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '10.0.0.7', 'localhost@evil.example']) {
    expect([Host, (await get(port, '/', { Cookie, Host })).status]).not.toEqual([Host, 200]);
    expect(await openSocket(port, { Cookie, Host, Origin: `http://${Host}` })).not.toBeTypeOf('object');
  }
  expect((await get(port, '/', { Cookie, Host: `localhost:${port}` })).status).toBe(200);
  expect((await get(port, '/', { Cookie, Host: `[::1]:${port}` })).status).toBe(200);
});

test('a page of another origin cannot open a socket or show our pictures, though the browser sends our cookie along', async () => {
  const Cookie = await logIn(url);
  for (const Origin of ['http://evil.example', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`, `http://localhost:${port}`, 'null']) {
    expect(await openSocket(port, { ...own(), Cookie, Origin })).toBe(403);
  }
  expect(await openSocket(port, { ...own(), Cookie })).toBe(403);
  expect(await openSocket(port, { ...own(), Origin: origin() })).toBe(401);
  expect(await openSocket(port, { ...own(), Cookie, Origin: origin() }, '/other')).toBe(404);
  expect((await get(port, '/', { Cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' })).status).toBe(403);
  expect((await get(port, '/', { Cookie, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' })).status).toBe(403);
  expect((await get(port, '/', { Cookie, 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' })).status).toBe(200);
});

test('pictures come by id, whole or in part, and by nothing else', async () => {
  const { client, socket } = await browser(url);
  const Cookie = await logIn(url);
  const [image] = await firstImages(client);
  const thumb = await get(port, `/media/thumb/${image!.id}`, { Cookie });
  expect(thumb.status).toBe(200);
  expect(thumb.headers['content-type']).toMatch(/^image\//);
  const whole = await get(port, `/media/image/${image!.id}?v=${image!.sha256.slice(0, 16)}`, { Cookie });
  expect(whole).toMatchObject({
    status: 200,
    headers: { 'cache-control': expect.stringContaining('immutable'), 'cross-origin-resource-policy': 'same-origin' },
  });
  expect(whole.body.length).toBe(image!.sizeBytes);
  const part = await get(port, `/media/image/${image!.id}`, { Cookie, Range: 'bytes=0-7' });
  expect(part.status).toBe(206);
  expect(part.body).toEqual(whole.body.subarray(0, 8));
  expect((await get(port, `/media/image/${newId()}`, { Cookie })).status).toBe(404);
  expect((await get(port, '/media/image/..%2f..%2fproject.sqlite', { Cookie })).status).toBe(400);
  socket.close();
});

test('what only the person at this machine may do is refused with a reason', async () => {
  const { client, socket } = await browser(url);
  expect(await client.call('app.info', {})).toMatchObject({ host: 'server' });
  expect(await client.call('project.current', {})).toMatchObject({ name: 'project', images: 2 });
  const refused = [
    client.call('project.open', { folder: '/' }),
    client.call('project.create', { folder: '/', name: 'x' }),
    client.call('project.close', {}),
    client.call('project.recent', {}),
    client.call('images.import', { paths: ['/etc'], mode: 'copy' }),
    client.call('exports.start', { profile: 'pixmo-parquet', folder: '/' }),
    client.call('jobs.cancel', { jobId: newId() }),
  ];
  for (const call of refused) await expect(call).rejects.toMatchObject({ code: 'forbidden', details: { key: 'role-local' } });
  socket.close();
});

test('what one browser writes another one sees', async () => {
  const [one, two] = [await browser(url), await browser(url)];
  const [image] = await firstImages(one.client);
  const notices = two.client.open('changes.watch', {});
  // Answered after the stream was opened: from here nothing is missed.
  const { me } = await two.client.call('app.info', {});
  const ops = addCaption(me.id, '一匹の猫 in a box');
  const { rev } = await one.client.call('edits.load', { imageId: image!.id });
  const saved = await one.client.call('edits.apply', { eventId: newId(), imageId: image!.id, baseRev: rev, groupId: newId(), ops });
  expect(saved).toMatchObject({ status: 'saved', rev: rev + 1 });
  expect((await notices.next()).value).toMatchObject({ topic: 'images', imageIds: [image!.id], by: expect.any(String) });
  const seen = await two.client.call('edits.load', { imageId: image!.id });
  expect(seen.doc.caption.at(-1)!.text).toBe('一匹の猫 in a box');
  one.socket.close();
  two.socket.close();
});

test('what is no frame ends that connection with the reason, and no other one', async () => {
  const healthy = await browser(url);
  const bad: [code: number, send: (socket: WebSocket) => void][] = [
    [1007, (socket) => socket.send('{"t":"call"')],
    [1008, (socket) => socket.send('[]')],
    [1008, (socket) => socket.send('{"t":"call","id":-1,"method":"app.info","input":{}}')],
    [1003, (socket) => socket.send(Buffer.from('{"t":"cancel","id":1}'))],
    [1009, (socket) => socket.send(`"${'x'.repeat(49 * 2 ** 20)}"`)],
  ];
  for (const [code, send] of bad) {
    const { socket, closed } = await browser(url);
    send(socket);
    expect(await closed).toBe(code);
  }
  await expect(healthy.client.call('images.get', { imageId: 'not-an-id' })).rejects.toMatchObject({ code: 'invalid' });
  expect(await healthy.client.call('app.info', {})).toMatchObject({ host: 'server' });
  healthy.socket.close();
});

test('an unknown method of a newer page is answered, not dropped', async () => {
  const { socket } = await browser(url);
  const answer = new Promise((resolve) => socket.on('message', (data: Buffer) => resolve(JSON.parse(String(data)))));
  socket.send('{"t":"call","id":7,"method":"project.burn","input":{}}');
  expect(await answer).toMatchObject({ t: 'err', id: 7, code: 'invalid', details: { key: 'unknown-method' } });
  socket.close();
});

test('stopping lets browsers go, keeps what they wrote, and frees the project', async () => {
  const other = createBench(0);
  await other.cli('new', other.project);
  other.env['POINTILLIST_PAGES'] = bench.env['POINTILLIST_PAGES']!;
  const started = other.start('serve', other.project, '--port', '0', '--json');
  while (!started.out().endsWith('}\n')) await new Promise((resolve) => setTimeout(resolve, 5));
  const { closed } = await browser((JSON.parse(started.out()) as { url: string }).url);
  expect((await other.cli('status', other.project)).err).toMatch(/open in a pointillist server/);
  started.stop();
  expect(await closed).toBe(1001);
  expect(await started.ended).toMatchObject({ code: 0, err: expect.stringMatching(/Everything is saved\.\n$/) });
  expect((await other.cli('status', other.project)).code).toBe(0);
  other.remove();
});

test('a port in use, pages that are not built and an address of another machine are told in one line', async () => {
  const other = createBench(0);
  await other.cli('new', other.project);
  other.env['POINTILLIST_PAGES'] = bench.env['POINTILLIST_PAGES']!;
  expect(await other.cli('serve', other.project, '--port', String(port))).toMatchObject({ code: 1, err: expect.stringMatching(/^Port \d+ is in use\..*\n$/) });
  const outside = await other.cli('serve', other.project, '--host', '192.0.2.1', '--allow-network', '--port', '0');
  expect(outside).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^Warning: .*nothing is encrypted.*\nCan’t listen on 192\.0\.2\.1 \(EADDRNOTAVAIL\)\.\n$/),
  });
  other.env['POINTILLIST_PAGES'] = other.folder;
  expect(await other.cli('serve', other.project)).toMatchObject({ code: 1, err: expect.stringMatching(/^The pages .* `npm run build`.*\n$/) });
  other.remove();
});
