import { imageStates } from '../../../shared/domain/model.ts';
import { withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

/** `pointillist status <project>`: how far the work is. */
export async function showStatus(run: Run, folder: string): Promise<void> {
  const { voice } = run;
  await withProject(run, folder, async ({ client, project }) => {
    const facets = await client.call('images.facets', {});
    const rows: [string, number][] = [
      ...imageStates.map((state): [string, number] => [voice.t(`cli.state-${state}`), facets.states[state]]),
      [voice.t('cli.status-excluded'), facets.excluded],
      [voice.t('cli.status-missing'), facets.missing],
      [voice.t('cli.status-caption'), facets.has.caption],
      [voice.t('cli.status-answer'), facets.has.answer],
      [voice.t('cli.status-points'), facets.has.points],
      [voice.t('cli.status-captions'), facets.captions],
      [voice.t('cli.status-all-points'), facets.points],
      [voice.t('cli.status-edits'), project.seq],
      [voice.t('cli.status-people'), facets.people.length],
    ];
    const width = Math.max(...rows.map(([, value]) => voice.number(value).length));
    const lines = rows.map(([label, value]) => `  ${voice.number(value).padStart(width)}  ${label}`);
    report(run, { project, ...facets }, [project.name, `  ${project.folder}`, `  ${voice.t('cli.status-images', { count: project.images })}`, ...lines]);
  });
}
