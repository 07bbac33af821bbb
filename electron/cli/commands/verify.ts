import { existsSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_FILE } from '../../core/db/open.ts';
import { MANIFEST, verifyExport } from '../../core/exporters/manifest.ts';
import { badInput, exitCodes, Failure } from '../failure.ts';
import { followJob } from '../follow-job.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

/** `pointillist verify <folder>`: checks a project against its log, or an export against its manifest. Fails when anything differs. */
export async function verifyFolder(run: Run, folder: string): Promise<void> {
  const absolute = path.resolve(folder);
  if (existsSync(path.join(absolute, DATABASE_FILE))) return verifyProject(run, absolute);
  if (existsSync(path.join(absolute, MANIFEST))) return verifyExported(run, absolute);
  throw badInput('not-verifiable', run.voice.t('cli.not-verifiable', { folder }));
}

async function verifyProject(run: Run, folder: string): Promise<void> {
  const { voice } = run;
  const result = await withProject(run, folder, async ({ client }) => {
    const job = await followJob(run, client, 'verify', () => client.call('project.verify', {}));
    return job.result;
  });
  const { images, events, problems } = result;
  conclude(
    run,
    { project: folder, ok: problems.length === 0, ...result },
    problems,
    voice.t('cli.verified', { images: voice.number(images), events: voice.number(events) }),
  );
}

async function verifyExported(run: Run, folder: string): Promise<void> {
  const { files, sizeBytes, problems, manifest } = await verifyExport(folder, run.terminal.signal);
  const document = { export: folder, ok: problems.length === 0, kind: 'verify-export', files, sizeBytes, rows: manifest.rows, problems };
  conclude(run, document, problems, run.voice.t('cli.verified-export', { files: run.voice.number(files) }));
}

function conclude(run: Run, document: unknown, problems: readonly string[], allWell: string): void {
  if (problems.length === 0) return report(run, document, [allWell]);
  const sentence = run.voice.t('cli.problems', { count: problems.length });
  if (run.json) report(run, document, []);
  throw new Failure(exitCodes.failed, 'problems', [sentence, ...problems.map((problem) => `  ${printable(problem)}`)].join('\n'));
}
