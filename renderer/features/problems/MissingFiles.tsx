/** Images whose file is not where it was; the core finds moved files by their content. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { imageFilterSchema } from '../../../shared/domain/image.ts';
import { toastError } from '../../ui/errors.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { navigate, sessionStore } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { toast } from '../../ui/toasts.ts';
import styles from './Problems.module.css';

const missingOnly = imageFilterSchema.parse({ missing: true, sort: 'name' });
const SHOWN = 200;

export function MissingFiles({ missing }: { missing: number }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { desktop, thumbUrl } = useHost();
  const { data } = useQueryMethod('images.page', { filter: missingOnly, offset: 0, limit: SHOWN });
  const relink = useCommandMethod('images.relink');
  if (missing === 0) return <EmptyState>{t('import.problems.missing-none')}</EmptyState>;
  const look = async () => {
    const paths = await desktop!.pickFolder({ title: t('import.problems.relink-title'), button: t('import.problems.relink-button') });
    if (paths.length === 0) return;
    await relink.mutateAsync({ paths });
    toast('info', t('import.problems.relink-started'));
    closeDialog();
  };
  const show = () => {
    sessionStore.getState().set({ filter: missingOnly });
    navigate({ screen: 'gallery' });
    closeDialog();
  };
  const images = data?.images ?? [];
  return (
    <div className={styles.panel}>
      <div className={styles.intro}>
        <p>{t('import.problems.missing-intro', { count: missing, n: numbers.count(missing) })}</p>
        <Button onPress={show}>{t('import.problems.show-in-gallery')}</Button>
        {desktop ? (
          <Button variant="primary" isDisabled={relink.isPending} onPress={() => void look().catch(toastError)}>
            {t('import.problems.relink')}
          </Button>
        ) : (
          <p className={styles.second}>{t('import.problems.relink-browser')}</p>
        )}
      </div>
      <ul className={styles.rows}>
        {images.map((image) => (
          <li key={image.id} className={styles.row}>
            <img className={styles.thumb} src={thumbUrl(image)} alt="" loading="lazy" decoding="async" />
            <span className={styles.name} data-selectable>
              {image.name}
            </span>
          </li>
        ))}
      </ul>
      {data && data.total > images.length && <p className={styles.second}>{t('import.and-more', { n: numbers.count(data.total - images.length) })}</p>}
    </div>
  );
}
