/** Makes projects for tests through the command line, as a person without a window would. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const entry = path.resolve(import.meta.dirname, '../../electron/cli/main.ts');

/** A new project in `folder` with every photo below `photos`; `home`: whose it is, so that the window that opens it is its lead. */
export async function makeProject(folder: string, photos: string, home?: string): Promise<void> {
  const env = home === undefined ? process.env : { ...process.env, POINTILLIST_HOME: home };
  await run(process.execPath, [entry, 'new', folder], { env });
  await run(process.execPath, [entry, 'import', folder, photos], { env });
}
