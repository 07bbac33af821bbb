/** What is to be imported and whether the files stay where they are; the work itself is a job. */
import { File, X } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { toastError } from '../../ui/errors.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { closeDialog, useDialog } from '../../stores/dialogs.ts';
import { sessionStore, useSession } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceCards } from '../../ui/ChoiceCards.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { toast } from '../../ui/toasts.ts';
import { type AnnotationWish, firstWish } from './annotation-wish.ts';
import { Annotations } from './Annotations.tsx';
import { addPending, pendingImport, removePending } from './import-store.ts';
import styles from './ImportDialog.module.css';

/** Lines shown of what was chosen; a drop can hold thousands. */
const SHOWN = 5;
const lastPart = (path: string) => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

export function ImportDialog({ desktop }: { desktop: DesktopBridge }): ReactElement {
  const { t } = useTranslation();
  const isOpen = useDialog('import');
  const paths = useStore(pendingImport, (state) => state.paths);
  const mode = useSession((session) => session.importMode);
  const [wish, setWish] = useState<AnnotationWish>(firstWish);
  const { format, options } = wish;
  const looked = useQueryMethod(
    'annotations.inspect',
    { paths: [...paths], format, options },
    { enabled: isOpen && paths.length > 0, gcTime: 0, keepPrevious: true },
  );
  const inspection = paths.length === 0 ? undefined : looked.data;
  const begin = useCommandMethod('images.import');
  const beginAll = useCommandMethod('annotations.import');
  const start = () => {
    const then = {
      onSuccess: () => {
        closeDialog();
        setWish(firstWish);
        toast('info', t('import.started'));
      },
      onError: toastError,
    };
    // Also where the look has not ended: what the files are is found out again by the import.
    const withAnnotations = wish.take && (inspection === undefined || inspection.sources.length + inspection.archives.length > 0);
    if (withAnnotations) beginAll.mutate({ paths: [...paths], mode, format, options }, then);
    else begin.mutate({ paths: [...paths], mode }, then);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closeDialog}
      title={t('import.title')}
      size={inspection && inspection.sources.length > 0 ? 'large' : 'medium'}
      actions={
        <>
          <Button onPress={closeDialog}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={paths.length === 0 || begin.isPending || beginAll.isPending} onPress={start}>
            {t('import.start')}
          </Button>
        </>
      }
    >
      <Chosen desktop={desktop} paths={paths} />
      {paths.length > 0 && !looked.isError && <Annotations inspection={inspection} wish={wish} onChange={setWish} />}
      <ChoiceCards
        label={t('import.mode')}
        value={mode}
        choices={[
          { value: 'reference', title: t('import.reference'), text: t('import.reference-text') },
          { value: 'copy', title: t('import.copy'), text: t('import.copy-text') },
        ]}
        onChange={(importMode) => sessionStore.getState().set({ importMode })}
      />
      <p className={styles.hint}>{t('import.subfolders')}</p>
    </Dialog>
  );
}

function Chosen({ desktop, paths }: { desktop: DesktopBridge; paths: readonly string[] }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [picking, setPicking] = useState(false);
  const pick = async (what: 'folder' | 'images') => {
    setPicking(true);
    const options = { title: t(`import.pick-${what}`), button: t('import.pick-button') };
    try {
      // What annotation files and archives beside the pictures are called, too: they are chosen by themselves as well.
      const kinds = [t('import.kind-all'), t('import.kind-images'), t('import.kind-annotations')] as const;
      addPending(await (what === 'folder' ? desktop.pickFolder(options) : desktop.pickImages({ ...options, kinds })));
    } catch (thrown) {
      toastError(thrown);
    }
    setPicking(false);
  };
  return (
    <section className={styles.chosen} aria-label={t('import.items')}>
      {paths.length === 0 ? (
        <p className={styles.none}>{t('import.nothing-chosen')}</p>
      ) : (
        <ul className={styles.list}>
          {paths.slice(0, SHOWN).map((path) => (
            <li key={path} className={styles.item} title={path}>
              <File size={15} aria-hidden className={styles.icon} />
              <span className={styles.name}>{lastPart(path)}</span>
              <span className={styles.path}>{path}</span>
              <IconButton label={t('import.remove', { name: lastPart(path) })} onPress={() => removePending(path)}>
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
          {paths.length > SHOWN && <li className={styles.none}>{t('import.and-more', { n: numbers.count(paths.length - SHOWN) })}</li>}
        </ul>
      )}
      <div className={styles.pickers}>
        <Button isDisabled={picking} onPress={() => void pick('folder')}>
          {t('import.add-folder')}
        </Button>
        <Button isDisabled={picking} onPress={() => void pick('images')}>
          {t('import.add-files')}
        </Button>
      </div>
    </section>
  );
}
