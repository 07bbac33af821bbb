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

interface Connection {
  readonly id: string;
  /** What a page said that was loaded while there was no core: kept for the next one. Null once its core knows the connection. */
  early: ClientFrame[] | null;
}

/** Begins to listen to pages. */
export function createConnections(send: (message: ToCore) => void): Connections {
  const windows = new Map<string, BrowserWindow>();
  const connections = new Map<BrowserWindow, Connection>();
  let alive = true;
  let next = 0;
  const close = (window: BrowserWindow) => {
    const connection = connections.get(window);
    if (!connection) return;
    connections.delete(window);
    windows.delete(connection.id);
    if (connection.early === null) send({ type: 'close-window', id: connection.id });
  };
  const open = (window: BrowserWindow) => {
    close(window);
    const id = `w${window.id}.${next++}`;
    connections.set(window, { id, early: alive ? null : [] });
    windows.set(id, window);
    if (alive) send({ type: 'open-window', id });
  };
  const introduce = (connection: Connection, early: readonly ClientFrame[]) => {
    connection.early = null;
    send({ type: 'open-window', id: connection.id });
    for (const frame of early) send({ type: 'frame', window: connection.id, frame });
  };
  listen('core:hello', (window) => {
    if (!connections.has(window)) {
      window.once('closed', () => close(window));
      window.webContents.on('render-process-gone', () => close(window));
    }
    open(window);
  });
  listen('core:frame', (window, frame) => {
    const connection = connections.get(window);
    if (!connection || !isClientFrame(frame)) return;
    if (connection.early) connection.early.push(frame);
    else send({ type: 'frame', window: connection.id, frame });
  });
  return {
    toPage: (id, frame) => windows.get(id)?.webContents.send('core:frame', frame),
    setAlive(now) {
      alive = now;
      // A copy: opening anew puts each window at the end of the map.
      for (const [window, connection] of Array.from(connections)) {
        if (connection.early) {
          // Loaded meanwhile: it knows nothing of the core that went, and only had to wait for this one.
          if (now) introduce(connection, connection.early);
          continue;
        }
        if (now) open(window);
        window.webContents.send('core:alive', now);
      }
    },
  };
}
