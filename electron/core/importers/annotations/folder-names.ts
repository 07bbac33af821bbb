/** Which files lie in a folder, asked once: a list of a million rows names a few folders. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const PICTURE = /\.(jpe?g|png|webp|gif|bmp|tiff?|heic|heif|avif)$/i;
/** Folders kept at hand. */
const KEPT = 64;

interface Names {
  readonly all: ReadonlySet<string>;
  /** Pictures by their name without its ending. */
  readonly pictures: ReadonlyMap<string, string>;
}
export interface FolderNames {
  /** Whether there is such a file. */
  has(file: string): Promise<boolean>;
  /** The picture beside a file that has its name but for the ending, or null. */
  pictureBeside(file: string): Promise<string | null>;
}
/** Without its ending. */
export const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '');
/** WebDataset's key: up to the first dot. */
const keyOf = (name: string): string => name.replace(/^([^.]+)\..*$/s, '$1');

export function createFolderNames(): FolderNames {
  const known = new Map<string, Names>();
  async function namesIn(folder: string): Promise<Names> {
    const cached = known.get(folder);
    if (cached) return cached;
    const all = new Set(await readdir(folder).catch((): string[] => []));
    const names = [...all].filter((name) => PICTURE.test(name));
    // The picture itself before others of its key: WebDataset's `0001.png` before its mask `0001.seg.png`.
    const pictures = new Map([...names.map((name) => [keyOf(name), name] as const), ...names.map((name) => [stemOf(name), name] as const)]);
    const listed = { all, pictures };
    if (known.size >= KEPT) known.delete(known.keys().next().value!);
    known.set(folder, listed);
    return listed;
  }
  return {
    has: async (file) => (await namesIn(path.dirname(file))).all.has(path.basename(file)),
    async pictureBeside(file) {
      const { pictures } = await namesIn(path.dirname(file));
      const base = path.basename(file);
      return pictures.get(stemOf(base)) ?? pictures.get(keyOf(base)) ?? null;
    },
  };
}
