/** Chooses what an export holds and where it goes, counts what will come of it, and shows what a model will be fed. */
import { type ReactElement, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formats } from '../../../shared/formats/formats.ts';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { useExportPreview } from '../../queries/exports.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { changeExportWish, type ExportWish, exportWishOf, useExportWish } from '../../stores/export-wish.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { toastError } from '../../ui/errors.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { toast } from '../../ui/toasts.ts';
import { ExportCounts } from './ExportCounts.tsx';
import styles from './ExportDialog.module.css';
import { FileOptions } from './FileOptions.tsx';
import { ProfileList } from './ProfileList.tsx';
import { TrainingEye } from './TrainingEye.tsx';
import { WorkOptions } from './WorkOptions.tsx';

export function ExportDialog({ desktop, projectId }: { desktop: DesktopBridge; projectId: string }): ReactElement {
  const { t } = useTranslation();
  const wish = useExportWish();
  const [tab, setTab] = useState<'options' | 'preview'>('options');
  useEffect(() => exportWishOf(projectId), [projectId]);
  const begin = useCommandMethod('exports.start');
  const { folder, ...choice } = useAllowed(wish);
  const settled = useSettled(choice);
  const preview = useExportPreview(settled);
  const nothing = wish.states.length === 0 || preview.data?.images === 0 || (preview.data?.unknown ?? 0) > 0;
  const start = () =>
    begin.mutate(
      { ...choice, folder },
      {
        onSuccess: () => {
          closeDialog();
          toast('info', t('export.started'));
        },
        onError: toastError,
      },
    );
  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      size="wide"
      title={t('export.title')}
      actions={
        <>
          <ExportCounts preview={preview} noStates={wish.states.length === 0} />
          <Button onPress={closeDialog}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={nothing || begin.isPending} onPress={start}>
            {t('export.start')}
          </Button>
        </>
      }
    >
      <div className={styles.panes}>
        <ProfileList value={wish.profile} onChange={(profile) => changeExportWish({ profile })} />
        <div className={styles.main}>
          <div className={styles.about}>
            <h3 className={styles.title}>{t(`export.profiles.${wish.profile}.title`)}</h3>
            <p className={styles.second}>{t(`export.profiles.${wish.profile}.text`)}</p>
          </div>
          <div className={styles.tabs}>
            <Tabs
              label={t('export.title')}
              selected={tab}
              onSelect={setTab}
              tabs={[
                {
                  id: 'options',
                  title: t('export.tab-options'),
                  content: (
                    <div className={styles.columns}>
                      <WorkOptions wish={wish} change={changeExportWish} />
                      <FileOptions wish={wish} change={changeExportWish} desktop={desktop} />
                    </div>
                  ),
                },
                { id: 'preview', title: t('export.tab-preview'), content: <TrainingEye choice={settled} /> },
              ]}
            />
          </div>
        </div>
      </div>
    </Dialog>
  );
}

/** A profile that holds the images can't name them elsewhere: the wish stays as it was said, for another profile. */
function useAllowed(wish: ExportWish): ExportWish {
  return useMemo(() => (formats[wish.profile].images === 'files' ? wish : { ...wish, images: 'copy' }), [wish]);
}

/** While a slider moves nothing is counted. */
const QUIET_MS = 150;
function useSettled<T>(value: T): T {
  const now = useDeferredValue(value);
  const [settled, setSettled] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(now), QUIET_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return settled;
}
