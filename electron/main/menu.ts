/** The application menu. Its items call commands of the page by their id; keys are handled there too, the menu only shows them. */
import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { type Key, type Locale, translate } from '../../shared/i18n/catalogue.ts';

type Item = MenuItemConstructorOptions;
const isMac = process.platform === 'darwin';

/** Sets the menu in this language. */
export function setMenu(locale: Locale): void {
  const text = (key: Key) => translate(locale, key);
  /** Several ids where screens have one each: only the screen that is shown has its own registered. */
  const command = (ids: string | readonly string[], key: Key, accelerator?: string): Item => ({
    label: text(key),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: isMac }),
    click: () => {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      for (const id of [ids].flat()) window?.webContents.send('menu:command', id);
    },
  });
  const line: Item = { type: 'separator' };
  const file: Item[] = [
    command('project.new', 'host.menu.new'),
    command('project.open', 'host.menu.open', 'CmdOrCtrl+O'),
    line,
    command('images.import', 'host.menu.import', 'CmdOrCtrl+I'),
    command('export.open', 'host.menu.export', 'CmdOrCtrl+E'),
    line,
    isMac ? { role: 'close', label: text('host.menu.close') } : { role: 'quit', label: text('host.menu.quit') },
  ];
  const edit: Item[] = [
    command(['edit.undo', 'app.undo'], 'host.menu.undo', 'CmdOrCtrl+Z'),
    command(['edit.redo', 'app.redo'], 'host.menu.redo', 'Shift+CmdOrCtrl+Z'),
    line,
    { role: 'cut', label: text('host.menu.cut') },
    { role: 'copy', label: text('host.menu.copy') },
    { role: 'paste', label: text('host.menu.paste') },
    { role: 'selectAll', label: text('host.menu.selectAll') },
  ];
  const view: Item[] = [
    command('app.palette', 'host.menu.palette', 'CmdOrCtrl+K'),
    line,
    { role: 'togglefullscreen', label: text('host.menu.fullScreen') },
    { role: 'reload', label: text('host.menu.reload'), accelerator: '' },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: text('host.menu.devTools') } as Item]),
  ];
  const help: Item[] = [command('app.help', 'host.menu.keys'), { role: 'about', label: text('host.menu.about') }];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as Item] : []),
      { label: text('host.menu.file'), submenu: file },
      { label: text('host.menu.edit'), submenu: edit },
      { label: text('host.menu.view'), submenu: view },
      { label: text('host.menu.help'), submenu: help },
    ]),
  );
}
