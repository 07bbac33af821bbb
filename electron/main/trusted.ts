/** Only the main frame of our own page is listened to. */
import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { isOurs } from './security.ts';

function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null || !isOurs(frame.url)) return null;
  return BrowserWindow.fromWebContents(event.sender);
}

/** Messages that expect no answer; what comes from elsewhere is dropped. */
export function listen(channel: string, listener: (window: BrowserWindow, ...args: unknown[]) => void): void {
  ipcMain.on(channel, (event, ...args: unknown[]) => {
    const window = senderOf(event);
    if (window) listener(window, ...args);
  });
}

/** Messages that expect an answer; what comes from elsewhere is refused. */
export function answer(channel: string, listener: (window: BrowserWindow, ...args: unknown[]) => unknown): void {
  ipcMain.handle(channel, (event, ...args: unknown[]) => {
    const window = senderOf(event);
    if (!window) throw new Error('refused');
    return listener(window, ...args);
  });
}
