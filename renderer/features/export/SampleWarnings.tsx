/** What to look out for on this image: why it is not in the export, what of it is left out, and what goes out and may be trouble. */
import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isKept } from '../../../shared/formats/findings.ts';
import type { ExportSample } from '../../../shared/formats/preview/sample.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { MOLMO_MAX_POINTS } from '../../../shared/formats/work.ts';
import styles from './TrainingEye.module.css';

const TOLD = 12;

export function SampleWarnings({ sample, profile }: { sample: ExportSample; profile: ExportProfile }): ReactElement | null {
  const { t } = useTranslation();
  const { findings, leftOut, targets } = sample;
  const cut = sample.view?.fit === 'crop' || profile !== 'molmo-folders' ? [] : targets.filter(({ points }) => points.length > MOLMO_MAX_POINTS);
  if (findings.length === 0 && leftOut === null && cut.length === 0) return <p className={styles.calm}>{t('export.eye.no-warning')}</p>;
  return (
    <ul className={styles.warnings} aria-label={t('export.eye.warnings')}>
      {leftOut ? (
        <li data-left-out>
          <TriangleAlert size={14} aria-hidden />
          {leftOut === 'state' || leftOut === 'excluded' || leftOut === 'not-in-release'
            ? t(`export.eye.left-out-${leftOut}`)
            : t(`export.findings.${leftOut}`)}
        </li>
      ) : null}
      {findings.slice(0, TOLD).map(({ reason, detail }, at) => (
        <li key={at} data-left-out={!isKept(reason) || undefined}>
          <TriangleAlert size={14} aria-hidden />
          <span>
            {t(`export.findings.${reason}`, { most: MOLMO_MAX_POINTS })}
            {detail === '' ? '' : ` “${detail.length > 60 ? `${detail.slice(0, 60).toWellFormed()}…` : detail}”`}
          </span>
        </li>
      ))}
      {findings.length > TOLD ? <li>{t('export.eye.more-warnings', { count: findings.length - TOLD })}</li> : null}
    </ul>
  );
}
