import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { WorkerProcess } from '../host.ts';
import { type EncoderProcess, type EncoderProcessOptions, createEncoderProcess } from './encoder-process.ts';
import type { PixelBlock } from './messages.ts';
import { fixtureModel } from './test-encoders.ts';

/** Real processes whose ids the tests know. */
const children: ChildProcess[] = [];
const processes: EncoderProcess[] = [];
const logged: string[] = [];
function spawn(entry = path.join(import.meta.dirname, 'encoder-worker.ts')): WorkerProcess {
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  children.push(child);
  return {
    send: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code, signal) => listener(signal ?? `code ${code}`)),
    kill: () => void child.kill('SIGKILL'),
  };
}
function start(options: Partial<EncoderProcessOptions> = {}): EncoderProcess {
  const made = createEncoderProcess({ host: { spawn: () => spawn(), log: (message) => void logged.push(message) }, ...options });
  processes.push(made);
  return made;
}
afterEach(async () => {
  for (const made of processes.splice(0)) await made.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  logged.length = 0;
});

const model = fixtureModel('shapes-clip');
const block = (side = 96, value = 90): PixelBlock => ({ data: new Uint8Array(side * side * 3).fill(value), width: side, height: side });
const embed = (encoder: EncoderProcess) => encoder.run('embed-images', { model, images: [block()] });
const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (thrown: { details: { key?: string }; code: string }) => thrown.details.key ?? thrown.code,
  );

test('no process is started before there is work, and vectors of images and texts come back in order', async () => {
  const encoder = start();
  expect(children).toHaveLength(0);
  const { vectors } = await encoder.run('embed-images', { model, images: [block(96, 10), block(96, 240), block(96, 10)] });
  expect(vectors).toHaveLength(3);
  expect(vectors[0]).toHaveLength(128);
  expect([...vectors[0]!]).toEqual([...vectors[2]!]);
  expect([...vectors[0]!]).not.toEqual([...vectors[1]!]);
  const texts = await encoder.run('embed-texts', { model, texts: ['a photo of a red ring', 'yellow circle'] });
  expect(Math.hypot(...texts.vectors[1]!)).toBeCloseTo(1, 5);
  expect(children).toHaveLength(1);
});

test('when the process is killed, what it was at fails with a sentence, what waited is done by the next one', async () => {
  const encoder = start();
  await embed(encoder);
  const long = outcome(encoder.run('measure', { model }));
  const waiting = encoder.run('embed-images', { model, images: [block()] }, undefined, 'background');
  setTimeout(() => children[0]!.kill('SIGKILL'), 200);
  expect(await long).toBe('encoder-died');
  expect((await waiting).vectors).toHaveLength(1);
  expect(children).toHaveLength(2);
  expect(logged).toEqual(['the encoder process ended (SIGKILL)']);
});

test('a process that hangs is ended at its limit, and the next call gets a new one', async () => {
  const encoder = start({ longLimitMs: 5000 });
  await embed(encoder);
  const measured = outcome(encoder.run('measure', { model }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  children[0]!.kill('SIGSTOP');
  expect(await measured).toBe('encoder-slow');
  expect((await embed(encoder)).vectors).toHaveLength(1);
  expect(children[0]!.signalCode).toBe('SIGKILL');
});

test('a graph that asks for more memory than there is fails alone', async () => {
  const encoder = start({ callLimitMs: 60_000 });
  // 82,944 patches: attention over them is 110 gigabytes.
  expect(await outcome(encoder.run('embed-images', { model, images: [block(2304)] }))).toBe('encoder-memory');
  expect((await embed(encoder)).vectors).toHaveLength(1);
});

test('what a graph can’t do is said in its own words', async () => {
  const encoder = start();
  expect(await outcome(encoder.run('embed-images', { model, images: [block(4)] }))).toBe('encoder-graph');
  const lost = { ...model, hash: 'other', manifest: { ...model.manifest, vision: 'gone.onnx' } };
  expect(await outcome(encoder.run('embed-images', { model: lost, images: [block()] }))).toBe('encoder-graph');
});

test('checking finds a right encoder right and names what is wrong with another', async () => {
  const encoder = start();
  const problem = async (manifest: object) =>
    (await encoder.run('check', { model: { ...model, hash: 'checked', manifest: { ...model.manifest, ...manifest } } })).problem;
  expect(await problem({})).toBeNull();
  expect(await problem({ outputs: { image: 'embedding' } })).toBe(
    'vision_model.onnx has no output "embedding"; it has image_embeds, patch_tokens, last_hidden_state',
  );
  expect(await problem({ embed_dim: 512 })).toBe('vision_model.onnx gives vectors of 128 numbers, model.json says 512');
  expect(await problem({ vision: 'tokenizer.json' })).toMatch(/protobuf|parse|load/i);
  const measured = await encoder.run('measure', { model });
  expect(measured.imagesPerSecond).toBeGreaterThan(0);
  expect(measured.latencyMs).toBeGreaterThan(0);
});

test('the screen goes before a job', async () => {
  const encoder = start();
  await embed(encoder);
  const order: string[] = [];
  const note = (name: string) => () => void order.push(name);
  const jobs = Array.from({ length: 6 }, (_, at) =>
    encoder.run('embed-images', { model, images: Array.from({ length: 8 }, () => block(128)) }, undefined, 'background').then(note(`job ${at}`)),
  );
  const asked = embed(encoder).then(note('screen'));
  await Promise.all([...jobs, asked]);
  expect(order.indexOf('screen')).toBeLessThan(3);
});

test('a cancelled call ends at once, an idle process is ended, and closing fails what waits', async () => {
  const encoder = start({ idleMs: 20 });
  const abort = new AbortController();
  const cancelled = outcome(encoder.run('measure', { model }, abort.signal));
  setTimeout(() => abort.abort(), 10);
  expect(await cancelled).toBe('cancelled');
  await embed(encoder);
  await expect.poll(() => children[0]!.exitCode ?? children[0]!.signalCode, { timeout: 20_000 }).not.toBeNull();
  const pending = outcome(encoder.run('measure', { model }));
  await encoder.close();
  expect(await pending).toBe('cancelled');
});

test('where the process can’t start, calls fail with a reason instead of waiting for ever', async () => {
  const made = createEncoderProcess({ host: { spawn: () => spawn(path.join(import.meta.dirname, 'no-such-worker.ts')), log: () => {} } });
  processes.push(made);
  expect(await outcome(embed(made))).toBe('encoder-start');
});

test('a process that rested answers from the maps that it kept, and loads its graphs again unseen', async () => {
  const encoder = start({ restMs: 20 });
  const key = 'image';
  const tiles = [{ xPct: 0, yPct: 0, widthPct: 100, heightPct: 100, pixels: block() }];
  await encoder.run('encode', { model, key, tiles });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const ask = { positives: [{ xPct: 50, yPct: 50 }], negatives: [], text: null, otherTexts: [] };
  expect(await encoder.run('propose', { model, key, ask })).not.toHaveProperty('missing');
  expect((await embed(encoder)).vectors).toHaveLength(1);
  expect(children).toHaveLength(1);
});
