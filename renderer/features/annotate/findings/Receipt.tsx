/** How a text came to be, in one quiet line: shown to the person who wrote it, where the project gathers it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sharesOf, textWays } from '../../../../shared/domain/text-origin.ts';
import { useProjectSettings } from '../project-settings.ts';
import styles from './Receipt.module.css';
import { useFindings } from './findings-store.ts';

export function Receipt({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation();
  const { provenance } = useProjectSettings();
  const origin = useFindings((state) => state.context?.origins.get(id));
  const shares = origin && sharesOf(origin);
  if (!provenance.gather || !shares) return null;
  const parts = textWays.flatMap((way) => (shares[way] === undefined ? [] : [t(`lint.receipt.${way}`, { share: shares[way] })]));
  const seconds = Math.round(origin.activeMs / 1000);
  return (
    <p className={styles.receipt} data-testid="receipt" title={t('lint.receipt.about')}>
      {[...parts, t('lint.receipt.seconds', { seconds }), t('lint.receipt.edits', { count: origin.edits })].join(t('lint.receipt.between'))}
    </p>
  );
}
