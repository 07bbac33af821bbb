import type { Evaluation, LabelFigures } from '../../../shared/domain/evaluation.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run, type Voice } from '../terminal.ts';

/** `pointillist evaluate <project>`: how well an encoder finds the project's own points from one of them. */
export async function evaluateEncoder(run: Run, folder: string, { encoder }: { readonly encoder?: string }): Promise<void> {
  const { voice } = run;
  await withProject(run, folder, async ({ client, project }) => {
    let result: Evaluation | null = null;
    for await (const piece of client.open('proposals.evaluate', { encoderId: encoder ?? null }, run.terminal.signal)) {
      if ('result' in piece) result = piece.result;
      else if (run.terminal.columns !== null && !run.json) run.terminal.err(`\r${voice.t('cli.evaluate-progress', { done: piece.done, total: piece.total })} `);
    }
    if (run.terminal.columns !== null && !run.json) run.terminal.err('\n');
    if (!result) return;
    report(run, { project: project.folder, ...result }, linesOf(result, voice));
  });
}

function linesOf({ encoder, labels, all, skipped }: Evaluation, voice: Voice): string[] {
  if (all.clicks === 0) return [voice.t('cli.evaluate-nothing')];
  const share = (value: number | null) =>
    value === null ? '–' : new Intl.NumberFormat(voice.locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  const row = (figures: LabelFigures, name: string) =>
    `  ${share(figures.precision).padStart(7)} ${share(figures.recall).padStart(7)}  ${printable(name)} (${voice.t('cli.evaluate-counts', { clicks: voice.number(figures.clicks), images: voice.number(figures.images) })})`;
  return [
    voice.t('cli.evaluate-head', { name: encoder.name }),
    ...labels.map((figures) => row(figures, figures.label ?? '')),
    row(all, voice.t('cli.evaluate-all')),
    ...(skipped > 0 ? [voice.t('cli.evaluate-skipped', { count: skipped })] : []),
  ];
}
