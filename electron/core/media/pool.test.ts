import { afterEach, expect, test, vi } from 'vitest';
import type { WorkerProcess } from '../host.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { type MediaPool, createMediaPool } from './pool.ts';

// They start processes, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A worker process as a script: it dies on files named `crash`, hangs on `hang`, and answers everything else at once. */
class FakeProcess implements WorkerProcess {
  static all: FakeProcess[] = [];
  static startable = true;
  readonly got: string[] = [];
  alive = true;
  yields = false;
  private say: (message: FromWorker) => void = () => {};
  private ended: (reason: string) => void = () => {};
  constructor() {
    FakeProcess.all.push(this);
    setTimeout(() => {
      if (FakeProcess.startable) this.tell({ t: 'ready' });
      else this.die('code 1');
    });
  }
  private tell(message: FromWorker): void {
    if (this.alive) this.say(message);
  }
  die(reason: string): void {
    if (!this.alive) return;
    this.alive = false;
    queueMicrotask(() => this.ended(reason));
  }
  send(raw: unknown): void {
    const message = raw as ToWorker;
    if (message.t === 'stop') return this.die('code 0');
    if (message.t === 'yield') return void (this.yields = true);
    const { path } = message.input;
    this.got.push(path);
    setTimeout(() => {
      this.tell({ t: 'decoding', id: message.id });
      if (path.startsWith('crash')) this.die('SIGSEGV');
      else if (path === 'crash-once' && FakeProcess.all.length === 1) this.die('SIGSEGV');
      else if (path.startsWith('words')) this.tell({ t: 'refused', id: message.id, reason: 'corrupt', detail: `${this.got.length}`, byWords: true });
      else if (path.startsWith('slow')) setTimeout(() => this.answer(message.id), 20);
      else if (!path.startsWith('hang')) this.answer(message.id);
    }, 5);
  }
  private answer(id: number): void {
    this.tell({ t: 'done', id, out: null });
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.ended = listener;
  }
  kill(): void {
    this.die('SIGKILL');
  }
}

const pools: MediaPool[] = [];
const pool = (options: { workers?: number; decodeLimitMs?: number; idleMs?: number } = {}): MediaPool => {
  const made = createMediaPool({ host: { spawn: () => new FakeProcess(), log: () => {} }, mediaFolder: 'media', workers: 1, decodeLimitMs: 50, ...options });
  pools.push(made);
  return made;
};
const run = (media: MediaPool, path: string, signal?: AbortSignal) =>
  media.run('thumb', { path, to: '' }, signal).then(
    () => 'done',
    (thrown: unknown) => (thrown as Error).message,
  );

afterEach(async () => {
  for (const media of pools.splice(0)) await media.close();
  FakeProcess.all = [];
  FakeProcess.startable = true;
});

test('no process is started before there is work', async () => {
  const media = pool();
  expect(FakeProcess.all).toHaveLength(0);
  expect(await run(media, 'a')).toBe('done');
  expect(FakeProcess.all).toHaveLength(1);
});

test('pixels that nobody looks at come from a process of their own, which gives way, and hold up no thumbnail', async () => {
  const media = pool();
  const pixels = Array.from({ length: 8 }, (_, n) =>
    media.run('pixels', { path: `hang-${n}`, region: null, width: 8, height: 8, kernel: 'linear' }).catch(() => 'refused'),
  );
  expect(await run(media, 'a')).toBe('done');
  expect(FakeProcess.all.map(({ got, yields }) => [got[0], yields])).toEqual([
    ['hang-0', true],
    ['a', false],
  ]);
  await media.close();
  await Promise.all(pixels);
});

test('a file that kills the worker is refused, and all others go in', async () => {
  const media = pool();
  const names = Array.from({ length: 20 }, (_, index) => (index === 7 ? 'crash' : `slow-${index}`));
  const results = await Promise.all(names.map((name) => run(media, name)));
  expect(results.filter((result) => result === 'done')).toHaveLength(19);
  expect(results[7]).toBe('crashes-decoder: SIGSEGV');
});

test('a suspect is tried again alone', async () => {
  const media = pool();
  await Promise.all([run(media, 'slow-1'), run(media, 'crash'), run(media, 'slow-2')]);
  expect(FakeProcess.all.filter((process) => process.got.includes('crash')).every((process, index) => index === 0 || process.got.at(-1) === 'crash')).toBe(
    true,
  );
  expect(FakeProcess.all.flatMap((process) => process.got).filter((name) => name === 'crash')).toHaveLength(2);
});

test('a file that never ends is refused as too slow, and the rest goes on', async () => {
  const media = pool();
  const results = await Promise.all(['a', 'hang', 'b', 'c', 'd', 'e'].map((name) => run(media, name)));
  expect(results).toEqual(['done', 'too-slow', 'done', 'done', 'done', 'done']);
});

test('several bad files at once are all found out', async () => {
  const media = pool({ workers: 2 });
  const names = ['crash-1', 'a', 'hang-1', 'crash-2', 'b', 'hang-2', 'c', 'crash-3'];
  const results = await Promise.all(names.map((name) => run(media, name)));
  expect(results.map((result) => result.split(':')[0])).toEqual([
    'crashes-decoder',
    'done',
    'too-slow',
    'crashes-decoder',
    'done',
    'too-slow',
    'done',
    'crashes-decoder',
  ]);
});

test('a decoder’s words are only believed where it worked on nothing else', async () => {
  const media = pool();
  const results = await Promise.all([run(media, 'slow-1'), run(media, 'words'), run(media, 'slow-2')]);
  expect(results[1]).toMatch(/^corrupt/);
  const { got } = FakeProcess.all[0]!;
  expect(got.filter((name) => name === 'words')).toHaveLength(2);
});

test('where workers cannot start, work fails with a reason instead of waiting for ever', async () => {
  FakeProcess.startable = false;
  const media = pool();
  await expect(media.run('thumb', { path: 'a', to: '' })).rejects.toMatchObject({ code: 'unavailable', details: { key: 'media-worker' } });
});

test('cancelled work ends at once, whether it waits or runs', async () => {
  const media = pool({ decodeLimitMs: 5000 });
  const abort = new AbortController();
  const results = Promise.all(Array.from({ length: 10 }, (_, index) => run(media, `hang-${index}`, abort.signal)));
  setTimeout(() => abort.abort(), 20);
  expect(new Set(await results)).toEqual(new Set(['cancelled']));
});

test('an idle worker is ended, and started again when there is work', async () => {
  const media = pool({ idleMs: 10 });
  expect(await run(media, 'a')).toBe('done');
  await vi.waitFor(() => expect(FakeProcess.all[0]!.alive).toBe(false));
  expect(await run(media, 'b')).toBe('done');
  expect(FakeProcess.all).toHaveLength(2);
});

test('closing ends processes and rejects what waits', async () => {
  const media = pool({ decodeLimitMs: 5000 });
  const result = run(media, 'hang');
  await vi.waitFor(() => expect(FakeProcess.all[0]?.got).toEqual(['hang']));
  await media.close();
  expect(await result).toBe('the project is closed');
  expect(FakeProcess.all.every((process) => !process.alive)).toBe(true);
});
