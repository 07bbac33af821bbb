/** The encoders of this machine, downloads that are under way, and the ways to add another. */
import { Cpu } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstalledEncoder } from '../../../shared/domain/encoder.ts';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { AddEncoder } from './AddEncoder.tsx';
import { DescribeGraph } from './DescribeGraph.tsx';
import { Downloads } from './Downloads.tsx';
import { EncoderCard } from './EncoderCard.tsx';
import styles from './Encoders.module.css';
import { useAdding } from './encoders-state.ts';

export function InstalledTab({ encoders, onCatalogue }: { encoders: readonly InstalledEncoder[] | null; onCatalogue: () => void }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const { lone } = useAdding();
  const { data: settings } = useQueryMethod('project.settings', {});
  const used = settings?.encoder ?? null;
  if (lone) return <DescribeGraph key={lone.path} path={lone.path} found={lone.found} />;
  const missing = used && encoders && !encoders.some(({ id }) => id === used.id) ? used.id : null;
  return (
    <div className={styles.panel}>
      <p className={styles.second}>{t('encoders.about')}</p>
      {missing ? <p className={styles.warn}>{t('encoders.missing', { id: missing })}</p> : null}
      <Downloads />
      {encoders === null ? <Spinner label={t('app.loading')} /> : null}
      {encoders?.length === 0 ? (
        <EmptyState icon={<Cpu size={28} strokeWidth={1.5} aria-hidden />} action={<Button onPress={onCatalogue}>{t('encoders.see-catalogue')}</Button>}>
          {t('encoders.none')}
        </EmptyState>
      ) : null}
      <ul className={styles.cards} aria-label={t('encoders.installed')}>
        {encoders?.map((encoder) => (
          <EncoderCard key={encoder.id} encoder={encoder} used={used?.id === encoder.id ? used : null} />
        ))}
      </ul>
      {desktop ? <AddEncoder desktop={desktop} /> : null}
    </div>
  );
}
