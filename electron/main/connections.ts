/** Carries frames between pages and the core. Each loaded document is a connection of its own: its calls end with it. */
import type { BrowserWindow } from 'electron';
import type { ToCore } from '../../shared/rpc/core-messages.ts';
import type { ClientFrame, ServerFrame } from '../../shared/rpc/wire.ts';
import { listen } from './trusted.ts';

export interface Connections {
  toPage(id: string, frame: ServerFrame): void;
  /** The core went, or a new one is there. */
  setAlive(alive: boolean): void;
}

/** The cheap half of the check; the core parses every frame in full. */
function isClientFrame(value: unknown): value is ClientFrame {
  if (typeof value !== 'object' || value === null) return false;
  const { t, id, method } = value as Record<string, unknown>;
  return Number.isSafeInteger(id) && (t === 'cancel' || ((t === 'call' || t === 'open') && typeof method === 'string'));
}

/** Begins to listen to pages. */
export function createConnections(send: (message: ToCore) => void): Connections {
  const windows = new Map<string, BrowserWindow>();
  const idOf = new Map<BrowserWindow, string>();
  let next = 0;
  const close = (window: BrowserWindow) => {
    const id = idOf.get(window);
    if (id === undefined) return;
    idOf.delete(window);
    windows.delete(id);
    send({ type: 'close-window', id });
  };
  const open = (window: BrowserWindow) => {
    close(window);
    const id = `w${window.id}.${next++}`;
    idOf.set(window, id);
    windows.set(id, window);
    send({ type: 'open-window', id });
  };
  listen('core:hello', (window) => {
    if (!idOf.has(window)) {
      window.once('closed', () => close(window));
      window.webContents.on('render-process-gone', () => close(window));
    }
    open(window);
  });
  listen('core:frame', (window, frame) => {
    const id = idOf.get(window);
    if (id !== undefined && isClientFrame(frame)) send({ type: 'frame', window: id, frame });
  });
  return {
    toPage: (id, frame) => windows.get(id)?.webContents.send('core:frame', frame),
    setAlive(alive) {
      // A copy: opening puts the window at the end of the map, where the loop would meet it again, without end.
      for (const window of [...idOf.keys()]) {
        if (alive) open(window);
        window.webContents.send('core:alive', alive);
      }
    },
  };
}
