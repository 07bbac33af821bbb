import path from 'node:path';
import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: { on: () => {} }, BrowserWindow: {}, ipcMain: { on: () => {} } }));
const { packageIn } = await import('./package-files.ts');

test('the last work package named is opened, wherever the command was typed', () => {
  expect(packageIn(['electron', '.', 'a.pntl', 'work of Aki.PNTL'], '/home/aki')).toBe(path.resolve('/home/aki', 'work of Aki.PNTL'));
  expect(packageIn(['app', '/data/a.pntl', '--smoke'], '/elsewhere')).toBe(path.resolve('/data/a.pntl'));
});

test('options and other files are no packages', () => {
  expect(packageIn(['app', '--project', '/data/odd.pntl'], '/')).toBeNull();
  expect(packageIn(['app', '--project=/data/odd.pntl', '--x.pntl', 'a.pntl.zip', 'pntl', ''], '/')).toBeNull();
});
