/** Native dialogs and the file browser, on behalf of the page. */
import { dialog, type OpenDialogOptions, shell } from 'electron';
import path from 'node:path';
import { answer } from './trusted.ts';

/** Formats the importer reads. */
const IMAGES = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'tif', 'tiff', 'gif', 'heic', 'heif'];
/** Files that say something of images, and archives of both. Of `.json.gz` the system looks at the last ending. */
const ANNOTATIONS = ['json', 'jsonl', 'ndjson', 'csv', 'tsv', 'xml', 'parquet', 'txt', 'caption', 'gz'];
const ARCHIVES = ['zip', 'tar', 'tgz'];
const LONGEST_TITLE = 200;

function titles(value: unknown): { title: string; buttonLabel: string } {
  const { title, button } = (value ?? {}) as Record<string, unknown>;
  if (typeof title !== 'string' || typeof button !== 'string') throw new TypeError('title and button must be texts');
  return { title: title.slice(0, LONGEST_TITLE), buttonLabel: button.slice(0, LONGEST_TITLE) };
}

/** What the chooser of an import offers, under the page's names for it. */
function importFilters(value: unknown): Electron.FileFilter[] {
  const { kinds } = (value ?? {}) as Record<string, unknown>;
  const names: unknown[] = Array.isArray(kinds) ? kinds : [];
  const endings = [[...IMAGES, ...ANNOTATIONS, ...ARCHIVES], IMAGES, [...ANNOTATIONS, ...ARCHIVES]];
  return endings.map((extensions, at) => {
    const name = names[at];
    if (typeof name !== 'string') throw new TypeError('kinds must be three texts');
    return { name: name.slice(0, LONGEST_TITLE), extensions };
  });
}

/** Answers the page's dialog requests. `reveal` shows a folder only if the core named it or the person picked it here. */
export function answerDialogs(): { allow(folders: readonly string[]): void } {
  const shown = new Set<string>();
  const allow = (folders: readonly string[]) => folders.forEach((folder) => shown.add(path.resolve(folder)));
  const pick = (properties: OpenDialogOptions['properties'], filters: OpenDialogOptions['filters'] | ((options: unknown) => Electron.FileFilter[])) => {
    return async (window: Electron.BrowserWindow, options: unknown): Promise<string[]> => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        ...titles(options),
        properties: properties ?? [],
        filters: typeof filters === 'function' ? filters(options) : (filters ?? []),
      });
      return filePaths;
    };
  };
  const pickFolder = pick(['openDirectory', 'createDirectory'], []);
  answer('dialog:folder', async (window, options) => {
    const folders = await pickFolder(window, options);
    allow(folders);
    return folders;
  });
  answer('dialog:images', pick(['openFile', 'multiSelections'], importFilters));
  answer('dialog:model', pick(['openFile'], [{ name: 'ONNX', extensions: ['onnx', 'json'] }]));
  answer('dialog:packages', pick(['openFile', 'multiSelections'], [{ name: 'Pointillist', extensions: ['pntl', 'sqlite'] }]));
  answer('shell:reveal', async (_window, folder) => {
    if (typeof folder !== 'string' || !shown.has(path.resolve(folder))) throw new Error('refused');
    await shell.openPath(path.resolve(folder));
  });
  return { allow };
}
