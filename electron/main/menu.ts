/** The application menu. Its items call commands of the page by their id; keys are handled there too, the menu only shows them. */
import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { type Key, type Locale, translate } from '../../shared/i18n/catalogue.ts';

type Item = MenuItemConstructorOptions;
const isMac = process.platform === 'darwin';

/** `$mod+Shift+KeyO` as Electron writes it; undefined for keys that it has no name for. */
function accelerator(keys: string): string | undefined {
  const parts = keys.split(/(?<=\w|\])\+/).filter((part) => !part.startsWith('['));
  const named = parts.map((part) =>
    part
      .replace('$mod', 'CmdOrCtrl')
      .replace(/^(Key|Digit)(?=.$)/, '')
      .replace(/^Arrow/, ''),
  );
  return named.every((part) => /^[\w,./;'`=[\]-]+$/.test(part)) ? named.join('+') : undefined;
}

/** Sets the menu in this language. `own`: keys that the person gave to commands instead of those they came with; null for none. */
export function setMenu(locale: Locale, own: ReadonlyMap<string, string | null> = new Map()): void {
  const text = (key: Key) => translate(locale, key);
  const shownKey = (id: string, usual: string | undefined): Item => {
    const given = own.get(id);
    const shown = given === undefined ? usual : given === null ? undefined : accelerator(given);
    return shown === undefined ? {} : { accelerator: shown, registerAccelerator: isMac };
  };
  /** Several ids where screens have one each: only the screen that is shown has its own registered. */
  const command = (ids: string | readonly string[], key: Key, usual?: string): Item => ({
    label: text(key),
    ...shownKey([ids].flat()[0]!, usual),
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
    command('releases.open', 'host.menu.releases', 'CmdOrCtrl+Alt+R'),
    command('encoders.open', 'host.menu.encoders', 'CmdOrCtrl+Alt+E'),
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
