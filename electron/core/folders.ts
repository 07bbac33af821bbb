/** Where this person's settings and projects are on this machine; the same for the desktop app, the command line and the server. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Profile and recent projects. POINTILLIST_HOME names another one, for tests and for a second person on one account. */
export function settingsFolder(env: Env = process.env): string {
  const given = env['POINTILLIST_HOME'];
  if (given) return path.resolve(given);
  if (process.platform === 'win32') return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData/Roaming'), 'Pointillist');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library/Application Support/Pointillist');
  return path.join(env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'Pointillist');
}

/** Where new projects go unless the person chooses another place; POINTILLIST_PROJECTS names it. */
export function projectsFolder(env: Env = process.env): string {
  const given = env['POINTILLIST_PROJECTS'];
  return given ? path.resolve(given) : path.join(documentsFolder(env), 'Pointillist');
}

/** Where the encoders are that come with the app: set-up makes them there (scripts/default-encoder.mjs). POINTILLIST_ENCODERS names another place, for tests. */
export function bundledEncodersFolder(appFolder: string, env: Env = process.env): string {
  const given = env['POINTILLIST_ENCODERS'];
  return given ? path.resolve(given) : path.join(appFolder, '.cache/encoders');
}

/** The documents folder; on Linux it may be translated (`~/書類`), and a file says so. */
function documentsFolder(env: Env): string {
  if (process.platform !== 'win32' && process.platform !== 'darwin') {
    try {
      const text = readFileSync(path.join(env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'user-dirs.dirs'), 'utf8');
      const found = /^XDG_DOCUMENTS_DIR="(.+)"$/m.exec(text)?.[1];
      if (found) return path.resolve(found.replace(/^\$HOME/, homedir()));
    } catch {
      // No such file: the usual place.
    }
  }
  return path.join(homedir(), 'Documents');
}
