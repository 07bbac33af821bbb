/** The window's place and size, remembered between starts. */
import { app, type BrowserWindow, type Rectangle, screen } from 'electron';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FIRST = { width: 1440, height: 900 };
export const SMALLEST = { minWidth: 960, minHeight: 600 };
/** A window with less than this in sight can't be pulled back with the mouse. */
const IN_SIGHT_PX = 120;

interface Remembered extends Rectangle {
  readonly maximized: boolean;
}
const file = () => path.join(app.getPath('userData'), 'bounds.json');

/** Where the window goes: where it was, if there still is a screen; else in the middle, as large as fits. */
export function rememberedBounds(): Partial<Rectangle> & { width: number; height: number; maximized: boolean } {
  const area = screen.getPrimaryDisplay().workArea;
  const first = { width: Math.min(FIRST.width, area.width), height: Math.min(FIRST.height, area.height), maximized: false };
  try {
    const { x, y, width, height, maximized } = JSON.parse(readFileSync(file(), 'utf8')) as Remembered;
    if (![x, y, width, height].every(Number.isFinite) || width < SMALLEST.minWidth || height < SMALLEST.minHeight) return first;
    const seen = screen.getAllDisplays().some(({ workArea: at }) => {
      const wide = Math.min(x + width, at.x + at.width) - Math.max(x, at.x);
      return wide >= IN_SIGHT_PX && y >= at.y && y < at.y + at.height - IN_SIGHT_PX / 2;
    });
    return seen ? { x, y, width, height, maximized: maximized } : { ...first, maximized: maximized };
  } catch {
    return first;
  }
}

/** Writes them down when the window closes; a window's place is not worth an error. */
export function rememberBounds(window: BrowserWindow): void {
  window.on('close', () => {
    try {
      mkdirSync(path.dirname(file()), { recursive: true });
      writeFileSync(file(), JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
    } catch (thrown) {
      console.error('the window’s place was not remembered', thrown);
    }
  });
}
