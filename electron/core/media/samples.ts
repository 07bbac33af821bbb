/** Pictures that a person looks at before they are imported: their thumbnails are served under an id that lives as long as the project is open. */
import { newId } from '../../../shared/domain/ids.ts';
import { thumbPath } from './media-folder.ts';
import type { Project } from '../project.ts';

/** More than one dialog shows. */
const KEPT = 200;
const samples = new WeakMap<Project['db'], Map<string, string>>();

/** The id under which the thumbnail of this hash is served. */
export function rememberSample(project: Pick<Project, 'db'>, thumbs: string, sha256: string): string {
  const own = samples.get(project.db) ?? new Map<string, string>();
  samples.set(project.db, own);
  const id = newId();
  if (own.size >= KEPT) own.delete(own.keys().next().value!);
  own.set(id, thumbPath(thumbs, sha256));
  return id;
}

/** The thumbnail's file, or null where there is no such sample. */
export const sampleFile = (project: Pick<Project, 'db'>, id: string): string | null => samples.get(project.db)?.get(id) ?? null;
