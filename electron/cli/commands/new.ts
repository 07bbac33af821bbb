import path from 'node:path';
import { opened, withCore } from '../session.ts';
import { report, type Run } from '../terminal.ts';

/** `pointillist new <folder>`: makes a project. */
export async function newProject(run: Run, folder: string, options: { readonly name?: string }): Promise<void> {
  const absolute = path.resolve(folder);
  const name = options.name?.trim() || path.basename(absolute) || 'Pointillist';
  const project = await withCore(run, 'cli', async ({ client }) => opened(await client.call('project.create', { folder: absolute, name }), run.voice).project);
  report(run, { project }, [run.voice.t('cli.created', { name: project.name, folder: project.folder })]);
}
