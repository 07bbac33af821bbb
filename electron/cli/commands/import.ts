import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AnnotationsResult } from '../../../shared/domain/annotation-import.ts';
import type { ImportProblem } from '../../../shared/domain/image.ts';
import type { AnnotationFormat, Unit } from '../../../shared/formats/imports/record.ts';
import type { Key } from '../../../shared/i18n/catalogue.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { badInput, exitCodes, Failure } from '../failure.ts';
import { followJob } from '../follow-job.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

/** Files named one by one in text; `--json` lists all. */
const SHOWN = 20;
const PAGE = 1000;
/** Examples of a reason in text. */
const EXAMPLES = 2;

/** Whole files that could not be read, so that a script must not go on as if they had been. */
const UNREAD: ReadonlySet<string> = new Set(['archive-broken', 'archive-too-large', 'file-unreadable']);

export interface ImportChoices {
  readonly copy: boolean;
  /** Images alone. */
  readonly imagesOnly: boolean;
  readonly format: AnnotationFormat | null;
  readonly points: Unit | null;
}
type ImageCounts = AnnotationsResult['images'];

/** `pointillist import <project> <paths...>`: adds images with what annotation files say of them, and lists what was left out with the reason. */
export async function importImages(run: Run, folder: string, paths: readonly string[], { copy, imagesOnly, format, points }: ImportChoices): Promise<void> {
  const { voice } = run;
  const absolute = paths.map((given) => path.resolve(given));
  for (const [index, file] of absolute.entries()) {
    if (!existsSync(file)) throw badInput('no-such-path', voice.t('cli.no-such-path', { path: paths[index] }));
  }
  await withProject(run, folder, async ({ client, project }) => {
    const mode = copy ? 'copy' : 'reference';
    if (imagesOnly) {
      const { jobId, result } = await followJob(run, client, 'import', () => client.call('images.import', { paths: absolute, mode }));
      const problems = await problemsOf(run, client, jobId);
      report(run, { project: project.folder, ...result, problems }, imageLines(run, result, problems));
      return;
    }
    const { jobId, result } = await followJob(run, client, 'annotations', () =>
      client.call('annotations.import', { paths: absolute, mode, format, options: { points } }),
    );
    const problems = await problemsOf(run, client, jobId);
    const { images, ...annotations } = result;
    const lines = imageLines(run, images, problems);
    if (result.files + result.reasons.length > 0) lines.push(...annotationLines(run, result, path.join(project.folder, 'imports', `${jobId}.jsonl`)));
    // As images were told before annotations were read.
    report(run, { project: project.folder, ...images, kind: 'import', problems, annotations }, lines);
    const unread = result.reasons.filter(({ reason }) => UNREAD.has(reason)).reduce((sum, { count }) => sum + count, 0);
    if (unread > 0) throw new Failure(exitCodes.failed, 'problems', voice.t('cli.import-unread', { count: unread }));
  });
}

function imageLines(run: Run, result: ImageCounts, problems: readonly (ImportProblem & { sentence: string })[]): string[] {
  const { voice } = run;
  const lines = [voice.t('cli.imported', { count: result.added })];
  if (result.known > 0) lines.push(voice.t('cli.import-known', { count: result.known }));
  if (result.duplicates > 0) lines.push(voice.t('cli.import-duplicates', { count: result.duplicates }));
  if (result.relinked > 0) lines.push(voice.t('cli.import-relinked', { count: result.relinked }));
  if (result.refused > 0) lines.push(voice.t('cli.import-refused', { count: result.refused }));
  for (const { name, sentence } of problems) lines.push(`  ${printable(name)}: ${sentence}`);
  if (result.refused > problems.length) lines.push(`  ${voice.t('cli.more', { count: result.refused - problems.length })}`);
  return lines;
}

function annotationLines({ voice }: Run, result: AnnotationsResult, reportPath: string): string[] {
  const number = voice.number;
  const lines = [
    voice.t('cli.annotations-read', { rows: number(result.rows), files: number(result.files) }),
    voice.t('cli.annotations-added', {
      images: number(result.changed),
      list: [
        voice.t('jobs.annotated-captions', { count: result.captions }),
        voice.t('jobs.annotated-questions', { count: result.questions }),
        voice.t('jobs.annotated-labels', { count: result.labels }),
        voice.t('cli.annotations-points', { count: result.points }),
      ].join(voice.t('jobs.list-separator')),
    }),
  ];
  if (result.known > 0) lines.push(voice.t('cli.annotations-known', { count: number(result.known) }));
  for (const { file, unit, because } of result.units) {
    const why = voice.t(`annotations.unit-because.${because}` as Key);
    lines.push(voice.t('cli.annotations-unit', { file: printable(file), unit: voice.t(`annotations.unit.${unit}` as Key), because: why }));
  }
  for (const { reason, count, examples } of result.reasons) {
    lines.push(voice.t('cli.annotations-reason', { reason: voice.t(`annotations.reason.${reason}` as Key), count: number(count) }));
    for (const { file, where, detail } of examples.slice(0, EXAMPLES)) {
      lines.push(`  ${printable([file, where, detail].filter((part) => part !== '').join(' · '))}`);
    }
  }
  if (result.reasons.length > 0) lines.push(voice.t('cli.annotations-report', { path: printable(reportPath) }));
  return lines;
}

async function problemsOf(run: Run, client: Client, jobId: string): Promise<(ImportProblem & { sentence: string })[]> {
  const limit = run.json ? Infinity : SHOWN;
  const all: ImportProblem[] = [];
  while (all.length < limit) {
    const { problems } = await client.call('images.problems', { jobId, offset: all.length, limit: Math.min(PAGE, limit - all.length) });
    if (problems.length === 0) break;
    all.push(...problems);
  }
  return all.map((problem) => ({ ...problem, sentence: run.voice.t(`refusal.${problem.reason}`) }));
}
