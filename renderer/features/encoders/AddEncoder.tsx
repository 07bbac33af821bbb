/** Adding an encoder: by dropping its folder or file, by choosing it, or by an address. */
import { FileBox, FolderOpen } from 'lucide-react';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { errorSentence, toastError } from '../../ui/errors.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Encoders.module.css';
import { offerEncoder, useAdding } from './encoders-state.ts';

export function AddEncoder({ desktop }: { desktop: DesktopBridge }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const { installing, problem, installed } = useAdding();
  const over = useDrop(desktop, (path) => void offerEncoder(client, path));
  const pick = async (what: 'folder' | 'file') => {
    const options = { title: t(`encoders.pick-${what}`), button: t('encoders.pick-button') };
    try {
      const [path] = await (what === 'folder' ? desktop.pickFolder(options) : desktop.pickModel(options));
      if (path) await offerEncoder(client, path);
    } catch (thrown) {
      toastError(thrown);
    }
  };
  return (
    <section className={styles.add} aria-label={t('encoders.add')} data-over={over}>
      <h3 className={styles.name}>{t('encoders.add')}</h3>
      <p className={styles.second}>{t('encoders.add-about')}</p>
      {installing ? (
        <div className={styles.row} role="status">
          <Spinner label={t('encoders.installing', { name: installing.name })} />
          <p className={styles.grow}>{t('encoders.installing', { name: installing.name })}</p>
          <Button onPress={() => installing.abort.abort()}>{t('app.cancel')}</Button>
        </div>
      ) : (
        <div className={styles.row}>
          <Button onPress={() => void pick('folder')}>
            <FolderOpen size={14} aria-hidden />
            {t('encoders.add-folder')}
          </Button>
          <Button onPress={() => void pick('file')}>
            <FileBox size={14} aria-hidden />
            {t('encoders.add-file')}
          </Button>
        </div>
      )}
      <p className={problem ? styles.problem : styles.good} role="status" data-selectable>
        {problem ?? (installed ? t('encoders.done', { name: installed }) : '')}
      </p>
      <Download />
    </section>
  );
}

/** While the library is shown, what is dropped anywhere on the window is an encoder and no image to import. Says whether something is held over it. */
function useDrop(desktop: DesktopBridge, onPath: (path: string) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onPath);
  useEffect(() => {
    latest.current = onPath;
  });
  useEffect(() => {
    const stop = new AbortController();
    // Before anybody else on the window hears of it.
    const options = { capture: true, signal: stop.signal };
    const take = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setOver(event.type === 'dragover');
      if (event.type !== 'drop') return;
      const path = [...event.dataTransfer.files].map((file) => desktop.pathOf(file)).find((one) => one !== '');
      if (path !== undefined) latest.current(path);
    };
    window.addEventListener('dragover', take, options);
    window.addEventListener('drop', take, options);
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), options);
    return () => stop.abort();
  }, [desktop]);
  return over;
}

function Download(): ReactElement {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const download = useCommandMethod('encoders.download');
  const start = () => download.mutate({ address, variant: null }, { onSuccess: () => setAddress('') });
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <div className={styles.grow}>
        <TextField
          label={t('encoders.address')}
          hint={t('encoders.address-about')}
          error={download.error ? errorSentence(download.error) : null}
          placeholder="owner/name"
          value={address}
          onChange={setAddress}
        />
      </div>
      <Button type="submit" isDisabled={address.trim() === '' || download.isPending}>
        {t('encoders.download')}
      </Button>
    </form>
  );
}
