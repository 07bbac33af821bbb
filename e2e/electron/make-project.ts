/** Makes projects for tests through the command line, as a person without a window would. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const entry = path.resolve(import.meta.dirname, '../../electron/cli/main.ts');

/** A new project in `folder` with every photo below `photos`. */
export async function makeProject(folder: string, photos: string): Promise<void> {
  await run(process.execPath, [entry, 'new', folder]);
  await run(process.execPath, [entry, 'import', folder, photos]);
}
