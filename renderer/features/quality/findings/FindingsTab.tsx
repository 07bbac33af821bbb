/** What the rules find in the whole project: counts that open the images behind them, fixes of all with a look before, and what was dismissed by whom and why. */
import { ListChecks } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { imageFilterSchema } from '../../../../shared/domain/image.ts';
import { lintRules, ruleOf } from '../../../../shared/domain/lint/lint.ts';
import { blocksOf, severities } from '../../../../shared/domain/lint/rule.ts';
import type { LintSummary } from '../../../../shared/domain/lint/summary.ts';
import { useCommandMethod, useQueryMethod } from '../../../queries/client.ts';
import { useJobs } from '../../../stores/jobs.ts';
import { navigate, sessionStore } from '../../../stores/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence } from '../../../ui/errors.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { Part } from '../Part.tsx';
import { FixAllDialog } from './FixAllDialog.tsx';
import styles from './FindingsTab.module.css';

const titleKey = (code: string) => `lint.rules.${code}.title` as 'lint.rules.filler.title';

export function FindingsTab(): ReactElement {
  const { t } = useTranslation();
  const { data: summary, error } = useQueryMethod('lint.summary', {}, { staleTime: 0 });
  const running = useJobs((jobs) => jobs.find((job) => job.kind === 'lint' && job.state === 'running'));
  const run = useCommandMethod('lint.run');
  const { mutate: start, isPending } = run;
  const isStale = (summary?.stale ?? 0) > 0 && !running && !isPending;
  // Looking at what is old needs no decision: it is quick, and can be stopped.
  const [began, setBegan] = useState(false);
  useEffect(() => {
    if (!isStale || began) return;
    setBegan(true);
    start({});
  }, [isStale, began, start]);
  if (error) return <p className={styles.problem}>{errorSentence(error)}</p>;
  if (!summary) return <Spinner label={t('app.loading')} size={24} />;
  return (
    <Part
      title={t('quality.tab.findings')}
      width="reading"
      note={
        <span role="status">
          {running
            ? t('lint.tab.checking', { done: running.done, total: running.total ?? summary.stale })
            : t('lint.tab.checked', { count: summary.total - summary.stale, total: summary.total })}
        </span>
      }
      tools={
        <Button isDisabled={running !== undefined} onPress={() => start({ files: true })}>
          {t('lint.tab.check-files')}
        </Button>
      }
    >
      {running ? <ProgressBar label={t('jobs.kind-lint')} value={running.total ? running.done / running.total : null} /> : null}
      {summary.project.length > 0 ? <ProjectFindings codes={summary.project} /> : null}
      <Counts summary={summary} />
      <Dismissals summary={summary} />
    </Part>
  );
}

function ProjectFindings({ codes }: { codes: LintSummary['project'] }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className={styles.project}>
      {codes.map((code) => (
        <li key={code}>{t(`lint.project.${code}`)}</li>
      ))}
    </ul>
  );
}

function Counts({ summary }: { summary: LintSummary }): ReactElement {
  const { t, i18n } = useTranslation();
  const { data: settings } = useQueryMethod('project.settings', {});
  const [fixing, setFixing] = useState<string | null>(null);
  const number = new Intl.NumberFormat(i18n.language);
  const byCode = new Map(summary.codes.map((count) => [count.code, count]));
  const rows = lintRules.flatMap((rule) => {
    const count = byCode.get(rule.code);
    return count ? [{ rule, ...count }] : [];
  });
  rows.sort((a, b) => severities.indexOf(a.rule.severity) - severities.indexOf(b.rule.severity) || b.open - a.open);
  const open = (code: string) => {
    sessionStore.getState().set({ filter: imageFilterSchema.parse({ finding: code }) });
    navigate({ screen: 'gallery' });
  };
  if (rows.length === 0) return <EmptyState icon={<ListChecks size={40} aria-hidden />}>{t('lint.tab.none')}</EmptyState>;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('lint.tab.rule')}</th>
            <th scope="col">{t('lint.tab.severity')}</th>
            <th scope="col">{t('lint.tab.blocks')}</th>
            <th scope="col" className={styles.number}>
              {t('lint.tab.open')}
            </th>
            <th scope="col" className={styles.number}>
              {t('lint.tab.images')}
            </th>
            <th scope="col" className={styles.number}>
              {t('lint.tab.dismissed')}
            </th>
            <th scope="col" aria-label={t('lint.fix')} />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rule, open: count, images, dismissed }) => (
            <tr key={rule.code} data-code={rule.code}>
              <th scope="row">{t(titleKey(rule.code))}</th>
              <td>
                <span className={styles.severity} data-severity={rule.severity}>
                  {t(`lint.severity.${rule.severity}`)}
                </span>
              </td>
              <td>{settings ? t(`lint.blocks.${blocksOf(rule, settings.lint)}`) : ''}</td>
              <td className={styles.number}>{number.format(count)}</td>
              <td className={styles.number}>
                {images > 0 ? (
                  <button
                    type="button"
                    className={styles.open}
                    aria-label={t('lint.tab.open-images', { count: images, rule: t(titleKey(rule.code)) })}
                    onClick={() => open(rule.code)}
                  >
                    {number.format(images)}
                  </button>
                ) : (
                  number.format(0)
                )}
              </td>
              <td className={styles.number}>{number.format(dismissed)}</td>
              <td className={styles.way}>
                {ruleOf(rule.code)?.fix && count > 0 ? (
                  <Button variant="quiet" onPress={() => setFixing(rule.code)}>
                    {t('lint.tab.fix-all')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {fixing === null ? null : <FixAllDialog code={fixing} title={t(titleKey(fixing))} onClose={() => setFixing(null)} />}
    </>
  );
}

function Dismissals({ summary }: { summary: LintSummary }): ReactElement | null {
  const { t } = useTranslation();
  if (summary.dismissals.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('lint.tab.dismissals')}</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('lint.tab.rule')}</th>
            <th scope="col">{t('lint.tab.reason')}</th>
            <th scope="col">{t('lint.tab.person')}</th>
            <th scope="col" className={styles.number}>
              {t('lint.tab.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {summary.dismissals.map(({ code, reason, personId, name, count }) => (
            <tr key={`${code} ${personId} ${reason}`}>
              <th scope="row">{ruleOf(code) ? t(titleKey(code)) : code}</th>
              <td data-selectable>{reason}</td>
              <td>{name}</td>
              <td className={styles.number}>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
