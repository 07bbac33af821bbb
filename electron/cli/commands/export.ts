import path from 'node:path';
import type { Person } from '../../../shared/domain/project.ts';
import { leftOutReasons } from '../../../shared/formats/findings.ts';
import { followJob } from '../follow-job.ts';
import { badInput } from '../failure.ts';
import type { ExportRequest } from '../options.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run, type Voice } from '../terminal.ts';

const SHOWN = 20;

/** `pointillist export <project>`: writes training data into a new folder and says what was left out. */
export async function exportData(run: Run, folder: string, request: ExportRequest): Promise<void> {
  const { voice } = run;
  await withProject(run, folder, async ({ client, project }) => {
    const { to, peopleNames, ...options } = request;
    const people = peopleNames === null ? null : idsOf(peopleNames, await client.call('people.list', {}), voice);
    const folder = to === null ? null : path.resolve(to);
    const { result } = await followJob(run, client, 'export', () => client.call('exports.start', { ...options, people, folder }));
    const lines = [voice.t('cli.exported', { count: result.images, folder: result.folder })];
    for (const [table, rows] of Object.entries(result.rows)) lines.push(`  ${voice.t('cli.export-rows', { table, rows: voice.number(rows) })}`);
    lines.push(`  ${voice.t('cli.export-size', { size: megabytes(result.sizeBytes, voice.locale) })}`);
    if (result.skipped.length > 0) lines.push(voice.t('cli.export-skipped', { count: result.skipped.length }));
    for (const { name, reason } of result.skipped.slice(0, SHOWN)) lines.push(`  ${printable(name)}: ${reasonText(reason, voice)}`);
    if (result.skipped.length > SHOWN) lines.push(`  ${voice.t('cli.more', { count: result.skipped.length - SHOWN })}`);
    report(run, { project: project.folder, profile: options.profile, release: options.release, ...result }, lines);
  });
}

function idsOf(names: readonly string[], people: readonly Person[], voice: Voice): string[] {
  return names.map((name) => {
    const found = people.find((person) => person.name === name || person.id === name);
    if (!found) throw badInput('no-such-person', voice.t('cli.no-such-person', { name, people: people.map((person) => person.name).join(', ') }));
    return found.id;
  });
}

function reasonText(reason: string, voice: Voice): string {
  const known = leftOutReasons.find((one) => one === reason);
  return known ? voice.t(`cli.reason-${known}`) : reason;
}

const megabytes = (bytes: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumSignificantDigits: 3 }).format(bytes / 1e6);
