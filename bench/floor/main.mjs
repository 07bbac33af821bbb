// The floor: the least an Electron program can do to paint one image in a window.
import { app, BrowserWindow } from 'electron';
import path from 'node:path';

const image = process.argv.at(-1);
// Not awaited: Electron is ready only after this file has run to its end.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, webPreferences: { sandbox: true, contextIsolation: true } });
  void window.loadFile(path.join(import.meta.dirname, 'page.html'), { query: { image } });
});
app.on('window-all-closed', () => app.quit());
