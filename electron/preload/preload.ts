/** Hands the desktop bridge to the page. Runs sandboxed: it can do nothing but pass messages on. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge } from '../../shared/rpc/desktop-bridge.ts';
import type { ServerFrame } from '../../shared/rpc/wire.ts';

const bridge: DesktopBridge = {
  platform: process.platform,
  runtime: `Electron ${process.versions.electron}`,
  send: (frame) => ipcRenderer.send('core:frame', frame),
  onMessage: (listener) => void ipcRenderer.on('core:frame', (_event, frame: ServerFrame) => listener(frame)),
  onCore: (listener) => void ipcRenderer.on('core:alive', (_event, alive: boolean) => listener(alive)),
  pickFolder: (options) => ipcRenderer.invoke('dialog:folder', options) as Promise<string[]>,
  pickImages: (options) => ipcRenderer.invoke('dialog:images', options) as Promise<string[]>,
  pickPackages: (options) => ipcRenderer.invoke('dialog:packages', options) as Promise<string[]>,
  pickModel: (options) => ipcRenderer.invoke('dialog:model', options) as Promise<string[]>,
  pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  reveal: (path) => ipcRenderer.invoke('shell:reveal', path) as Promise<void>,
  spelling: () => ipcRenderer.invoke('spelling:state') as ReturnType<DesktopBridge['spelling']>,
  forgetWord: (word) => ipcRenderer.invoke('spelling:forget', word) as Promise<boolean>,
  setChrome: (chrome) => ipcRenderer.send('window:chrome', chrome),
  onMenuCommand: (listener) => void ipcRenderer.on('menu:command', (_event, id: string) => listener(id)),
  onOpenPackage: (listener) => {
    ipcRenderer.on('package:open', (_event, file: string) => listener(file));
    ipcRenderer.send('package:ready');
  },
  onBeforeClose: (listener) => void (beforeClose = listener),
};

let beforeClose: () => Promise<void> = () => Promise.resolve();
ipcRenderer.on('window:closing', () => {
  // Saved or failed, the window closes: what could not be saved is in the page's draft.
  void beforeClose()
    .catch(() => {})
    .then(() => ipcRenderer.send('window:saved'));
});

contextBridge.exposeInMainWorld('pointillist', bridge);
// Every document gets a connection of its own; a reloaded page must not receive the answers of the one before.
ipcRenderer.send('core:hello');
