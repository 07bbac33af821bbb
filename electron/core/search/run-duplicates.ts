/** The job that finds near-duplicates. People's decisions stand; what was found before is replaced. */
import type { JobResult } from '../../../shared/domain/job.ts';
import { writeNearGroups } from '../db/near.ts';
import type { JobHandle } from '../jobs/runner.ts';
import type { Project } from '../project.ts';
import type { SearchProcess } from './search-process.ts';
import type { SpaceRef } from './space.ts';

/** `space` null: no encoder's vectors are there, and the perceptual hash decides alone. */
export async function runDuplicates(
  project: Pick<Project, 'db' | 'notify'>,
  search: SearchProcess,
  space: SpaceRef | null,
  job: JobHandle,
): Promise<JobResult> {
  job.progress(0, null);
  const found = await search.run('near', { space });
  const { groups } = found;
  job.signal.throwIfAborted();
  writeNearGroups(project.db, found, Date.now());
  project.notify({ topic: 'images', imageIds: 'all', by: null });
  const images = groups.reduce((sum, group) => sum + group.length, 0);
  job.progress(images, images);
  return { kind: 'duplicates', groups: groups.length, images };
}
