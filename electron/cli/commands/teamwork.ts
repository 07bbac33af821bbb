import path from 'node:path';
import type { MergeReport } from '../../../shared/domain/package.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { followJob } from '../follow-job.ts';
import { opened, withCore, withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

/** `pointillist package <project> --to <folder> --people a,b`: one file a person, with what that person may see. */
export async function makePackages(run: Run, folder: string, options: { to: string; people: string; reference?: boolean }): Promise<void> {
  const { voice } = run;
  const names = options.people.split(',').flatMap((name) => name.trim() || []);
  await withProject(run, folder, async ({ client }) => {
    const people: string[] = [];
    const known = await client.call('people.list', {});
    for (const name of names) people.push((known.find((person) => person.name === name) ?? (await client.call('people.add', { name }))).id);
    const to = path.resolve(options.to);
    const { result } = await followJob(run, client, 'packages', () =>
      client.call('packages.make', { folder: to, people, originals: !(options.reference ?? false) }),
    );
    const lines = result.packages.map(({ person, images, blind, sizeBytes, file }) =>
      voice.t('cli.packaged', { person, images: voice.number(images), blind: voice.number(blind), size: voice.number(sizeBytes), file }),
    );
    report(run, { project: folder, ...result }, lines);
  });
}

/** `pointillist unpack <file>`: a package as a project of its own. */
export async function unpack(run: Run, file: string): Promise<void> {
  await withCore(run, 'cli', async ({ client }) => {
    const answer = await client.call('packages.open', { file: path.resolve(file) });
    const { project } = opened(answer.opened, run.voice);
    for (;;) {
      const job = (await client.call('jobs.list', {})).find(({ id }) => id === answer.jobId);
      if (job && job.state !== 'running') {
        if (job.error) throw new AppError('invalid', job.error.message, { ...job.error.details, key: job.error.key });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    report(run, { project: project.folder, name: project.name }, [run.voice.t('cli.unpacked', { name: project.name, folder: project.folder })]);
  });
}

/** `pointillist hand-in <project> --to <folder>`: what was done in a package, in a file for the lead. */
export async function handIn(run: Run, folder: string, to: string): Promise<void> {
  await withProject(run, folder, async ({ client }) => {
    const result = await client.call('packages.handIn', { folder: path.resolve(to) });
    const { file, events, images } = result;
    report(run, { project: folder, ...result }, [run.voice.t('cli.handed-in', { events: run.voice.number(events), images: run.voice.number(images), file })]);
  });
}

/** `pointillist merge <project> <paths...>`: takes in other copies and returned packages. Stops at the first that can't be taken in. */
export async function mergeCopies(run: Run, folder: string, paths: readonly string[]): Promise<void> {
  const { voice } = run;
  await withProject(run, folder, async ({ client }) => {
    const reports: MergeReport[] = [];
    for (const each of paths) {
      const { result } = await followJob(run, client, 'merge', async () => {
        const { jobIds } = await client.call('merge.start', { paths: [path.resolve(each)] });
        return { jobId: jobIds[0]! };
      });
      reports.push(result);
    }
    const { total, images } = await client.call('merge.conflicts', { offset: 0, limit: 1 });
    const lines = reports.map(({ source, events, images: touched, conflicts }) =>
      voice.t('cli.merged', { source, events: voice.number(events), images: voice.number(touched), conflicts: voice.number(conflicts) }),
    );
    report(run, { project: folder, merged: reports, unsettled: { conflicts: total, images } }, lines);
  });
}
