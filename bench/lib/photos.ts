/** The photos a benchmark works on: real ones where they are at hand, multiplied into distinct files. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const samples = path.join(root, 'assets/sample-photos');
const more = path.join(root, '../shared/fixtures/photos');

/** JPEG files below 5 MB, the samples first. */
export function photoFiles(): string[] {
  const list = (folder: string): string[] =>
    (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).map((name) => path.join(folder, name)).sort();
  return [...list(samples), ...list(more)].filter((file) => /\.jpe?g$/i.test(file) && statSync(file).size < 5_000_000);
}

/** Fills a folder with `count` JPEG files of different bytes: copies with a few bytes after the image's end, which decoders pass over. */
export function makePhotos(folder: string, count: number): string[] {
  const sources = photoFiles();
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const file = path.join(folder, `photo-${String(index).padStart(5, '0')}.jpg`);
    copyFileSync(sources[index % sources.length]!, file);
    appendFileSync(file, `copy ${index}`);
    return file;
  });
}
