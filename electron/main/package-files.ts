/** Work packages that the system hands to the app: named at its start, at a second start, or by a double click on macOS. The page opens them. */
import { app, type BrowserWindow } from 'electron';
import path from 'node:path';
import { listen } from './trusted.ts';

const EXTENSION = '.pntl';
/** A person opens one at a time; more than these are dropped, not kept forever for a page that never asks. */
const MOST_WAITING = 20;

/** The work package among these arguments, made absolute where the command was typed; null where there is none. */
export function packageIn(argv: readonly string[], folder: string): string | null {
  const found = argv.findLast((argument, at) => !argument.startsWith('-') && argv[at - 1] !== '--project' && isPackage(argument));
  return found === undefined ? null : path.resolve(folder, found);
}

const isPackage = (file: string) => path.extname(file).toLowerCase() === EXTENSION;

/** Hands packages to the page once it has said that it takes them. Whether one is what its name says is for the core to find out. */
export function handPackages(): { open(file: string): void } {
  let page: BrowserWindow | null = null;
  const waiting: string[] = [];
  const flush = () => {
    if (!page || page.isDestroyed()) return;
    for (const file of waiting.splice(0)) page.webContents.send('package:open', file);
  };
  const open = (file: string) => {
    if (waiting.length < MOST_WAITING) waiting.push(file);
    flush();
  };
  listen('package:ready', (window) => {
    page = window;
    flush();
  });
  // Before the app is ready: a double click that starts the app comes that early.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open(file);
  });
  return { open };
}
