import type { ReleaseDiff } from '../../../shared/domain/release-diff.ts';
import type { Release } from '../../../shared/domain/release.ts';
import { releaseMarkdown } from '../../../shared/formats/release-markdown.ts';
import { followJob } from '../follow-job.ts';
import { withProject } from '../session.ts';
import { report, type Run, type Voice } from '../terminal.ts';

/** `pointillist releases <project>`: the names of its states, the newest first. */
export async function showReleases(run: Run, folder: string): Promise<void> {
  await withProject(run, folder, async ({ client, project }) => {
    const releases = await client.call('releases.list', {});
    const lines = releases.length === 0 ? [run.voice.t('cli.releases-none')] : releases.map((release) => line(release, run.voice));
    report(run, { project: project.folder, releases }, lines);
  });
}

/** `pointillist release <project> <name>`: names the project as it is now, for good. */
export async function makeRelease(run: Run, folder: string, name: string, note: string): Promise<void> {
  await withProject(run, folder, async ({ client, project }) => {
    const { result } = await followJob(run, client, 'release', () => client.call('releases.create', { name, note }));
    report(run, { project: project.folder, ...result }, [line(result.release, run.voice)]);
  });
}

/** `pointillist diff <project> <from> [to]`: what changed, as Markdown. */
export async function diffProject(run: Run, folder: string, from: string, to: string | null): Promise<void> {
  await withProject(run, folder, async ({ client }) => {
    const diff: ReleaseDiff = await client.call('releases.diff', { from, to });
    report(run, diff, [releaseMarkdown(diff).trimEnd()]);
  });
}

function line({ name, images, contentHash, createdAt, note }: Release, voice: Voice): string {
  const when = new Intl.DateTimeFormat(voice.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(createdAt);
  return [name, when, voice.t('cli.release-images', { count: images, n: voice.number(images) }), contentHash.slice(0, 16), ...(note === '' ? [] : [note])].join(
    '  ',
  );
}
