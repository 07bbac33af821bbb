import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ImportProblem } from '../../../shared/domain/image.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { badInput } from '../failure.ts';
import { followJob } from '../follow-job.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

/** Files named one by one in text; `--json` lists all. */
const SHOWN = 20;
const PAGE = 1000;

/** `pointillist import <project> <paths...>`: adds images and lists what was left out with the reason. */
export async function importImages(run: Run, folder: string, paths: readonly string[], options: { readonly copy?: boolean }): Promise<void> {
  const { voice } = run;
  const absolute = paths.map((given) => path.resolve(given));
  for (const [index, file] of absolute.entries()) {
    if (!existsSync(file)) throw badInput('no-such-path', voice.t('cli.no-such-path', { path: paths[index] }));
  }
  await withProject(run, folder, async ({ client, project }) => {
    const mode = options.copy ? 'copy' : 'reference';
    const { jobId, result } = await followJob(run, client, 'import', () => client.call('images.import', { paths: absolute, mode }));
    const problems = await problemsOf(client, jobId, run.json ? Infinity : SHOWN);
    const listed = problems.map((problem) => ({ ...problem, sentence: voice.t(`refusal.${problem.reason}`) }));
    const lines = [voice.t('cli.imported', { count: result.added })];
    if (result.known > 0) lines.push(voice.t('cli.import-known', { count: result.known }));
    if (result.duplicates > 0) lines.push(voice.t('cli.import-duplicates', { count: result.duplicates }));
    if (result.relinked > 0) lines.push(voice.t('cli.import-relinked', { count: result.relinked }));
    if (result.refused > 0) lines.push(voice.t('cli.import-refused', { count: result.refused }));
    for (const { name, sentence } of listed) lines.push(`  ${printable(name)}: ${sentence}`);
    if (result.refused > listed.length) lines.push(`  ${voice.t('cli.more', { count: result.refused - listed.length })}`);
    report(run, { project: project.folder, ...result, problems: listed }, lines);
  });
}

async function problemsOf(client: Client, jobId: string, limit: number): Promise<ImportProblem[]> {
  const all: ImportProblem[] = [];
  while (all.length < limit) {
    const { problems } = await client.call('images.problems', { jobId, offset: all.length, limit: Math.min(PAGE, limit - all.length) });
    if (problems.length === 0) break;
    all.push(...problems);
  }
  return all;
}
