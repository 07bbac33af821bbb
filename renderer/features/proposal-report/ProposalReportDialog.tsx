/** What became of each encoder's proposals, label by label, what they saved, and whether they sway people. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Difference, LEAST_IMAGES, LEAST_POINTS, type ProposalReport, reportCsv, type ReportRow } from '../../../shared/domain/proposal-report.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './ProposalReport.module.css';

export function ProposalReportDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  // Read anew each time it is opened: edits go on meanwhile.
  const { data: report, error } = useQueryMethod('proposals.report', {}, { staleTime: 0, gcTime: 0 });
  const [copied, setCopied] = useState(false);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('proposal-report.title')}
      size="large"
      actions={
        <>
          <Button isDisabled={!report || report.rows.length === 0} onPress={() => report && void copyText(reportCsv(report)).then(setCopied)}>
            {t(copied ? 'proposal-report.copied' : 'proposal-report.copy')}
          </Button>
          <Button variant="primary" onPress={onClose}>
            {t('app.close')}
          </Button>
        </>
      }
    >
      {error ? <p className={styles.problem}>{errorSentence(error)}</p> : null}
      {!report && !error ? <Spinner label={t('app.loading')} size={24} /> : null}
      {report?.rows.length === 0 ? <EmptyState>{t('proposal-report.empty')}</EmptyState> : null}
      {report && report.rows.length > 0 ? <Report report={report} /> : null}
    </Dialog>
  );
}

function Report({ report }: { readonly report: ProposalReport }): ReactElement {
  const { t } = useTranslation();
  const heads = ['label', 'shown', 'accepted', 'moved', 'rejected', 'open', 'precision', 'saved', 'counts', 'spread'] as const;
  return (
    <div className={styles.report}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('proposal-report.title')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`proposal-report.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.rows.map((row) => (
              <Row key={`${row.encoderHash} ${row.label}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>{t('proposal-report.note-precision')}</p>
      <p className={styles.note}>
        <TimeNote report={report} />
      </p>
      <p className={styles.note}>
        {report.hiddenShare > 0
          ? t('proposal-report.note-anchoring', { share: Math.round(report.hiddenShare * 100), least: LEAST_IMAGES })
          : t('proposal-report.note-no-share')}
      </p>
    </div>
  );
}

function Row({ row }: { readonly row: ReportRow }): ReactElement {
  const { t } = useTranslation();
  const percent = (value: number | null, digits: number) => (value === null ? '–' : `${value.toFixed(digits)} %`);
  return (
    <tr>
      <th scope="row">
        {row.label}
        <span className={styles.encoder} title={row.encoderHash}>
          {row.encoderId} · {t('proposal-report.images', { count: row.images })}
        </span>
      </th>
      <td>{row.shown}</td>
      <td>{row.accepted}</td>
      <td>
        {row.moved}
        {row.movedMedianPct === null ? null : <span className={styles.aside}>{percent(row.movedMedianPct, 1)}</span>}
      </td>
      <td>{row.rejected}</td>
      <td>{row.open}</td>
      <td>{percent(row.precision === null ? null : row.precision * 100, 1)}</td>
      <td>
        {t('proposal-report.points', { count: row.accepted + row.moved })}
        <span className={styles.aside}>
          {row.savedMs === null ? t('proposal-report.unmeasured') : t('proposal-report.minutes', { minutes: (row.savedMs / 60_000).toFixed(1) })}
        </span>
      </td>
      <td>
        <DifferenceCell difference={row.counts} unit="" />
      </td>
      <td>
        <DifferenceCell difference={row.spread} unit=" %" />
      </td>
    </tr>
  );
}

function DifferenceCell({ difference, unit }: { readonly difference: Difference; readonly unit: string }): ReactElement {
  const { t } = useTranslation();
  const { shownImages, hiddenImages } = difference;
  const sizes = t('proposal-report.sizes', { shown: shownImages, hidden: hiddenImages });
  if (difference.status === 'too-few') {
    return (
      <>
        {t('proposal-report.too-few')}
        <span className={styles.aside}>{sizes}</span>
      </>
    );
  }
  const signed = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)}`;
  return (
    <>
      {signed(difference.difference)}
      {unit}
      <span className={styles.aside}>
        {t('proposal-report.interval', { low: signed(difference.low), high: signed(difference.high) })} · {sizes}
      </span>
    </>
  );
}

function TimeNote({ report: { time } }: { readonly report: ProposalReport }): ReactElement {
  const { t } = useTranslation();
  const { handMs, acceptedMs, handPoints, acceptedPoints } = time;
  if (handMs === null || acceptedMs === null || handPoints < LEAST_POINTS || acceptedPoints < LEAST_POINTS)
    return <>{t('proposal-report.note-time-too-few', { hand: handPoints, accepted: acceptedPoints, least: LEAST_POINTS })}</>;
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  return <>{t('proposal-report.note-time', { hand: seconds(handMs), handPoints, accepted: seconds(acceptedMs), acceptedPoints })}</>;
}
