import { expect, test, vi } from 'vitest';
import type { WorkerProcess } from './host.ts';
import { createModelProcess, type FromModel, ProcessDied, type ToModel } from './model-process.ts';

type Tasks = { double: { in: number; out: number } };
type Behaviour = (ask: Extract<ToModel, { t: 'do' }>, say: (message: FromModel) => void, die: (reason: string) => void) => void;

/** Processes in this one, which do as the test says. */
function pretend(behave: Behaviour, starts: (nth: number) => boolean = () => true, options: { restMs?: number; keeps?: boolean } = {}) {
  let started = 0;
  const killed: number[] = [];
  const told: string[] = [];
  const spawn = (): WorkerProcess => {
    const nth = started++;
    let message: (message: unknown) => void = () => {};
    let exit: (reason: string) => void = () => {};
    const die = (reason: string) => queueMicrotask(() => exit(reason));
    setTimeout(() => (starts(nth) ? message({ t: 'ready' }) : exit('no library')));
    return {
      send: (to) => {
        const ask = to as ToModel;
        told.push(ask.t);
        if (ask.t === 'rest') setTimeout(() => message({ t: 'rested', keeps: options.keeps ?? true }));
        if (ask.t === 'do' && starts(nth)) setTimeout(() => behave(ask, message, die));
      },
      onMessage: (listener) => void (message = listener),
      onExit: (listener) => void (exit = listener),
      kill: () => {
        killed.push(nth);
        exit('SIGKILL');
      },
    };
  };
  const made = createModelProcess<Tasks>({
    host: { spawn, log: () => {} },
    entry: 'ocr-worker',
    key: 'reader-process',
    limitMs: 80,
    ...(options.restMs === undefined ? {} : { restMs: options.restMs }),
  });
  return { made, killed, told, started: () => started };
}
const answers: Behaviour = (ask, say) => say({ t: 'done', id: ask.id, out: (ask.input as number) * 2 });

test('one thing at a time, what somebody waits for before what nobody does', async () => {
  const order: number[] = [];
  const { made, started } = pretend((ask, say, die) => {
    order.push(ask.input as number);
    answers(ask, say, die);
  });
  const results = [made.run('double', 1), made.run('double', 2), made.run('double', 3, { urgent: true })];
  expect(await Promise.all(results)).toEqual([2, 4, 6]);
  expect(order).toEqual([1, 3, 2]);
  expect(started()).toBe(1);
  await made.close();
});

test('an input over which it dies is tried once more and then refused; the next one is answered', async () => {
  const tried: number[] = [];
  const { made, started } = pretend((ask, say, die) => {
    tried.push(ask.input as number);
    if (ask.input === 666) die('SIGSEGV');
    else answers(ask, say, die);
  });
  const hostile = made.run('double', 666);
  const next = made.run('double', 4);
  await expect(hostile).rejects.toBeInstanceOf(ProcessDied);
  expect(await next).toBe(8);
  expect(tried).toEqual([666, 666, 4]);
  expect(started()).toBe(3);
  await made.close();
});

test('one that hangs is killed, and answers in a fresh process', async () => {
  let hangs = true;
  const { made, killed } = pretend((ask, say, die) => {
    if (hangs) hangs = false;
    else answers(ask, say, die);
  });
  expect(await made.run('double', 5)).toBe(10);
  expect(killed).toEqual([0]);
  await made.close();
});

test('one that does not start is given up with a sentence, and tried anew at the next ask', async () => {
  let broken = true;
  const { made, started } = pretend(answers, () => !broken);
  await expect(made.run('double', 1)).rejects.toMatchObject({ code: 'unavailable', details: { key: 'reader-process' } });
  expect(started()).toBe(4);
  broken = false;
  expect(await made.run('double', 1)).toBe(2);
  await made.close();
});

test('what is cancelled while it waits is never asked, and closing ends the rest', async () => {
  const asked = vi.fn<(input: unknown) => void>();
  const { made } = pretend((ask) => asked(ask.input));
  const abort = new AbortController();
  const first = made.run('double', 1);
  const second = made.run('double', 2, { signal: abort.signal });
  abort.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  await new Promise((resolve) => setTimeout(resolve, 10));
  await made.close();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked.mock.calls).toEqual([[1]]);
});

test('one that is idle is told to rest, and the next ask goes to the same process', async () => {
  const { made, told, started } = pretend(answers, undefined, { restMs: 5 });
  expect(await made.run('double', 1)).toBe(2);
  await vi.waitFor(() => expect(told).toEqual(['do', 'rest']));
  expect(await made.run('double', 2)).toBe(4);
  expect(started()).toBe(1);
  await made.close();
});

test('one that rests and keeps nothing is ended, and the next ask starts another', async () => {
  const { made, told, started } = pretend(answers, undefined, { restMs: 5, keeps: false });
  expect(await made.run('double', 1)).toBe(2);
  await vi.waitFor(() => expect(told).toEqual(['do', 'rest', 'stop']));
  expect(await made.run('double', 2)).toBe(4);
  expect(started()).toBe(2);
  await made.close();
});
