/** A window closes once its page says that everything is saved, or after three seconds. */
import type { BrowserWindow } from 'electron';
import { listen } from './trusted.ts';

const PATIENCE_MS = 3_000;
const waiting = new WeakMap<BrowserWindow, () => void>();

/** Asks the page before the window goes. */
export function closeWhenSaved(window: BrowserWindow): void {
  let asked = false;
  window.on('close', (event) => {
    if (window.webContents.isCrashed()) return;
    event.preventDefault();
    if (asked) return;
    asked = true;
    const timer = setTimeout(() => window.destroy(), PATIENCE_MS);
    waiting.set(window, () => {
      clearTimeout(timer);
      window.destroy();
    });
    window.webContents.send('window:closing');
  });
}

/** The page's answer. */
export function listenForSaved(): void {
  listen('window:saved', (window) => waiting.get(window)?.());
}
