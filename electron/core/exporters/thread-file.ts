/** Where the entry of a thread of the exporters lies: beside this file in the sources, beside the bundle that it became a part of when built. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Throws where there is none. */
export function threadFile(name: 'image-files-worker' | 'read-back-worker'): string {
  for (const place of [`./${name}.ts`, `./${name}.js`, `../core/${name}.js`]) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error(`no file for the thread ${name}`);
}
