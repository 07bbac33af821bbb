import { expect, test } from 'vitest';
import type { Job } from '../../shared/domain/job.ts';
import { createProgress, fit, printable, progressLine, timeLeft } from './progress.ts';
import { createVoice, type Run } from './terminal.ts';

const job: Job = {
  id: 'a',
  kind: 'import',
  state: 'running',
  done: 1204,
  total: 10_000,
  secondsLeft: 200,
  current: 'cat.jpg',
  startedAt: 0,
  endedAt: null,
  error: null,
  result: null,
};
function runOf(columns: number | null): { run: Run; said: () => string } {
  let said = '';
  const terminal = { env: {}, signal: new AbortController().signal, columns, out: () => {}, err: (text: string) => void (said += text) };
  return { run: { terminal, voice: createVoice(terminal, 'en'), json: false }, said: () => said };
}
const { voice } = runOf(null).run;

test('a line says how far it is, how long it takes still, and with what it is busy', () => {
  expect(progressLine(job, voice)).toBe('Importing 1,204 / 10,000 (12%) · 3 min 20 s left · cat.jpg');
  expect(progressLine({ ...job, total: null, secondsLeft: null, current: null }, voice)).toBe('Importing 1,204');
});

test('time left is told in the two units that matter', () => {
  expect([0.2, 59, 60, 3599, 3600, 90_000].map((seconds) => timeLeft(seconds, voice))).toEqual([
    '1 s left',
    '59 s left',
    '1 min 0 s left',
    '59 min 59 s left',
    '1 h 0 min left',
    '25 h 0 min left',
  ]);
});

test('on a terminal one line is written over and taken away', () => {
  const { run, said } = runOf(30);
  const progress = createProgress(run);
  progress.show(job);
  progress.show({ ...job, done: 1205 });
  progress.end();
  expect(said()).toBe('\r\x1b[KImporting 1,204 / 10,000 (12%\r\x1b[KImporting 1,205 / 10,000 (12%\r\x1b[K');
});

test('elsewhere a line every five seconds is enough', () => {
  const { run, said } = runOf(null);
  let now = 0;
  const progress = createProgress(run, () => now);
  for (now = 0; now <= 11_000; now += 250) progress.show(job);
  progress.end();
  expect(said().split('\n')).toHaveLength(3);
  expect(said()).not.toContain('\x1b');
});

test('a file name cannot steer the terminal, and a wide one does not break the line', () => {
  expect(printable('a\x1b[2Jb\nc\u202e')).toBe('a\ufffd[2Jb\ufffdc\ufffd');
  expect(fit('二匹の犬', 5)).toBe('二匹');
  expect(fit('👩‍👩‍👧ab', 3)).toBe('👩‍👩‍👧a');
});
