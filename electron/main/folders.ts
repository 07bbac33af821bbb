/** The folders of the app itself; those of people's settings and projects are the core's to know. */
import { app } from 'electron';
import path from 'node:path';

/** Chromium's own files (caches, local storage) in a folder below the settings; also what tells two instances apart. */
export const windowFolder = (): string => path.join(settingsFolder(), 'window');

/** Where a person puts dictionaries for the spell-checker. */
export const dictionariesFolder = (): string => path.join(settingsFolder(), 'dictionaries');

function settingsFolder(): string {
  const home = process.env['POINTILLIST_HOME'];
  return home ? path.resolve(home) : path.join(app.getPath('appData'), 'Pointillist');
}

/** A file of the build. */
export const builtFile = (...names: string[]): string => path.join(app.getAppPath(), 'dist', ...names);
