import { ruleOf } from '../../../shared/domain/lint/lint.ts';
import { severities } from '../../../shared/domain/lint/rule.ts';
import type { Key } from '../../../shared/i18n/catalogue.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { exitCodes, Failure } from '../failure.ts';
import { followJob } from '../follow-job.ts';
import { printable } from '../progress.ts';
import { withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

type Severity = (typeof severities)[number];
type Found = Awaited<ReturnType<typeof everyFinding>>[number];
const PAGE = 1000;

/** `pointillist lint <project>`: asks the rules of every image. Fails where something open is as severe as `failOn` or more. */
export async function lintProject(run: Run, folder: string, failOn: Severity | 'never'): Promise<void> {
  const { voice } = run;
  await withProject(run, folder, async ({ client, project }) => {
    await followJob(run, client, 'lint', () => client.call('lint.run', { files: true }));
    const summary = await client.call('lint.summary', {});
    const found = (await everyFinding(client)).filter(({ dismissed }) => !dismissed);
    const severityOf = (code: string): Severity => ruleOf(code)?.severity ?? 'hint';
    const codes = summary.codes
      .map((count) => ({ ...count, severity: severityOf(count.code) }))
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.open - a.open);
    const failing = failOn === 'never' ? [] : codes.filter(({ open, severity }) => open > 0 && severities.indexOf(severity) <= severities.indexOf(failOn));
    const findings = run.json ? found.map(({ name, imageId, finding }) => ({ image: name, imageId, severity: severityOf(finding.code), ...finding })) : [];
    const lines = [voice.t('cli.linted', { images: voice.number(summary.total), count: found.length, shown: voice.number(found.length) })];
    for (const { code, severity, open, images, dismissed } of codes) {
      lines.push(
        `${voice.t(`lint.severity.${severity}` satisfies Key)}  ${code}: ${voice.t('cli.lint-code', { open: voice.number(open), images: voice.number(images), dismissed: voice.number(dismissed) })}`,
      );
      for (const one of found.filter(({ finding }) => finding.code === code).slice(0, 3)) lines.push(`  ${sentence(run, one)}`);
      if (open > 3) lines.push(`  ${voice.t('cli.more', { count: open - 3 })}`);
    }
    for (const code of summary.project) lines.push(voice.t(`lint.project.${code}` satisfies Key));
    report(
      run,
      {
        project: project.folder,
        ok: failing.length === 0,
        total: summary.total,
        codes,
        dismissals: summary.dismissals,
        projectFindings: summary.project,
        findings,
      },
      lines,
    );
    if (failing.length > 0) {
      const count = failing.reduce((sum, { open }) => sum + open, 0);
      throw new Failure(exitCodes.failed, 'problems', voice.t('cli.lint-failed', { count, shown: voice.number(count) }));
    }
  });
}

async function everyFinding(client: Client) {
  const { findings: first, total } = await client.call('lint.findings', { offset: 0, limit: PAGE });
  const all = [...first];
  while (all.length < total) {
    const { findings } = await client.call('lint.findings', { offset: all.length, limit: PAGE });
    if (findings.length === 0) break;
    all.push(...findings);
  }
  return all;
}

const sentence = ({ voice }: Run, { name, finding }: Found): string =>
  `${printable(name)}: ${printable(voice.t(`lint.rules.${finding.code}.explain` as Key, finding.params))}`;
