/** Tells a second copy of an image from an image whose file was moved. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { imageFileBySha } from '../db/files.ts';
import type { Project } from '../project.ts';

/** `new`: not in the project. `same`: the file was only touched. `moved`: its image's file is gone from where it was. `duplicate`: a second copy. */
export type Place = 'new' | 'same' | 'moved' | 'duplicate';

export async function placeOf(project: Project, sha256: string, file: string): Promise<Place> {
  const known = imageFileBySha(project.db, sha256);
  if (known === null) return 'new';
  if (known.copied === 0 && known.path === file) return 'same';
  if (known.missing === 1) return 'moved';
  const at = known.copied === 1 ? path.join(project.media.mediaFolder, known.path) : known.path;
  const there = await stat(at).catch(() => null);
  return there === null ? 'moved' : 'duplicate';
}
