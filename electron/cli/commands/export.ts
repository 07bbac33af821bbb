import path from 'node:path';
import type { ImageState } from '../../../shared/domain/model.ts';
import { leftOutReasons } from '../../../shared/formats/findings.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { followJob } from '../follow-job.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run, type Voice } from '../terminal.ts';

export interface ExportOptions {
  readonly profile: ExportProfile;
  readonly to?: string;
  readonly states: readonly ImageState[];
  readonly validationShare: number;
}
const SHOWN = 20;

/** `pointillist export <project>`: writes training data into a new folder and says what was left out. */
export async function exportData(run: Run, folder: string, options: ExportOptions): Promise<void> {
  const { voice } = run;
  await withProject(run, folder, async ({ client, project }) => {
    const { result } = await followJob(run, client, 'export', () =>
      client.call('exports.start', {
        profile: options.profile,
        folder: options.to === undefined ? null : path.resolve(options.to),
        states: [...options.states],
        validationShare: options.validationShare,
      }),
    );
    const lines = [voice.t('cli.exported', { count: result.images, folder: result.folder })];
    for (const [table, rows] of Object.entries(result.rows)) lines.push(`  ${voice.t('cli.export-rows', { table, rows: voice.number(rows) })}`);
    lines.push(`  ${voice.t('cli.export-size', { size: megabytes(result.sizeBytes, voice.locale) })}`);
    if (result.skipped.length > 0) lines.push(voice.t('cli.export-skipped', { count: result.skipped.length }));
    for (const { name, reason } of result.skipped.slice(0, SHOWN)) lines.push(`  ${printable(name)}: ${reasonText(reason, voice)}`);
    if (result.skipped.length > SHOWN) lines.push(`  ${voice.t('cli.more', { count: result.skipped.length - SHOWN })}`);
    report(run, { project: project.folder, profile: options.profile, ...result }, lines);
  });
}

function reasonText(reason: string, voice: Voice): string {
  const known = leftOutReasons.find((one) => one === reason);
  return known ? voice.t(`cli.reason-${known}`) : reason;
}

const megabytes = (bytes: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumSignificantDigits: 3 }).format(bytes / 1e6);
