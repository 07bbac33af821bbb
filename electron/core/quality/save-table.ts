/** Tables that people take out of the app go into the project's exports folder. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileWhole } from '../settings.ts';

/** Writes the text and returns the file's path; a name that is taken gets a number. */
export async function saveTable(projectFolder: string, name: string, format: 'csv' | 'jsonl', text: string): Promise<string> {
  const exports = path.join(projectFolder, 'exports');
  await mkdir(exports, { recursive: true });
  for (let number = 1; ; number++) {
    const file = path.join(exports, `${name}${number === 1 ? '' : `-${number}`}.${format}`);
    if (existsSync(file)) continue;
    writeFileWhole(file, text);
    return file;
  }
}
