/** Makes projects for tests through the command line, as a person without a window would. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const entry = path.resolve(import.meta.dirname, '../../electron/cli/main.ts');

/** What a command prints with `--json`; `env` says whose settings and projects it has. Throws where it ends with another code than 0. */
export async function cli<T = object>(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [entry, ...words, '--json'], { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as T;
}

/** A new project in `folder` with every photo below `photos`; `home`: whose it is, so that the window that opens it is its lead. */
export async function makeProject(folder: string, photos: string, home?: string): Promise<void> {
  const env = home === undefined ? process.env : { ...process.env, POINTILLIST_HOME: home };
  await run(process.execPath, [entry, 'new', folder], { env });
  await run(process.execPath, [entry, 'import', folder, photos], { env });
}
