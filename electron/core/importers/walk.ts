/** Finds the files below folders, as a stream: nested to any depth, safe against links that lead in circles. */
import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isIgnoredName, shownName } from '../../../shared/domain/import-name.ts';
import type { Refusal } from '../../../shared/domain/image.ts';

export type Found =
  | { readonly path: string; readonly name: string; readonly problem?: undefined }
  | { readonly path: null; readonly name: string; readonly problem: { readonly reason: Refusal; readonly detail: string | null } };

/** Files below these paths, folder by folder, each folder's own files first and by name. `except`: a folder that is left out wherever it turns up. */
export async function* walk(paths: readonly string[], except: string, signal: AbortSignal): AsyncGenerator<Found> {
  const seen = new Set<string>();
  const left = await identity(except);
  if (typeof left === 'string') seen.add(left);
  for (const picked of paths) {
    const root = path.resolve(picked);
    try {
      const found = await stat(root);
      if (found.isFile()) yield { path: root, name: shownName([path.basename(root)]) };
      else if (found.isDirectory()) yield* walkFolder(root, seen, signal);
    } catch (thrown) {
      yield unreadable(shownName([path.basename(root)]), thrown);
    }
  }
}

async function* walkFolder(root: string, seen: Set<string>, signal: AbortSignal): AsyncGenerator<Found> {
  const folders: string[][] = [[]];
  for (let segments = folders.pop(); segments !== undefined; segments = folders.pop()) {
    if (signal.aborted) return;
    const folder = path.join(root, ...segments);
    let entries: Dirent[];
    try {
      const id = await identity(folder);
      if (seen.has(id)) continue;
      seen.add(id);
      entries = await readFolder(folder);
    } catch (thrown) {
      yield unreadable(shownName([...segments, '']), thrown);
      continue;
    }
    const below: string[][] = [];
    for (const entry of entries) {
      if (signal.aborted) return;
      if (isIgnoredName(entry.name)) continue;
      const at = [...segments, entry.name];
      const found = await classify(path.join(folder, entry.name), entry);
      if (found === 'folder') below.push(at);
      else if (found === 'file') yield { path: path.join(folder, entry.name), name: shownName(at) };
      else if (found !== null) yield { path: null, name: shownName(at), problem: found };
    }
    folders.push(...below.toReversed());
  }
}

/** In pieces: reading 100,000 names at once blocked the core for 250 ms. */
async function readFolder(folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  for await (const entry of await opendir(folder, { bufferSize: 512 })) entries.push(entry);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What an entry is, links followed. Null for pipes, sockets and devices: opening one could wait for ever. */
async function classify(file: string, entry: Dirent): Promise<'file' | 'folder' | null | { reason: Refusal; detail: string | null }> {
  // A name that is not UTF-8 is read with replacement characters, and no file has that name.
  const suspicious = entry.name.includes('\ufffd') || !entry.name.isWellFormed();
  if (!suspicious && entry.isFile()) return 'file';
  if (!suspicious && entry.isDirectory()) return 'folder';
  if (!suspicious && (entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice())) return null;
  try {
    const target = await stat(file);
    return target.isFile() ? 'file' : target.isDirectory() ? 'folder' : null;
  } catch (thrown) {
    if (suspicious) return { reason: 'bad-name', detail: null };
    return { reason: 'unreadable', detail: (thrown as NodeJS.ErrnoException).code ?? null };
  }
}

async function identity(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return `${dev}:${ino}`;
}

const unreadable = (name: string, thrown: unknown): Found => ({
  path: null,
  name,
  problem: { reason: 'unreadable', detail: (thrown as NodeJS.ErrnoException).code ?? null },
});
