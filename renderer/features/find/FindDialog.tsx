/** Finds words over the whole project, shows each place, and replaces the ticked ones as one edit. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findPlaces, type FindPlace } from '../../../shared/rpc/contract.ts';
import { useHost } from '../../host/host.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { toastError } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './Find.module.css';
import { Matches } from './Matches.tsx';
import { noSearch, type Query, replace, type Search, search } from './search.ts';

/** Searching begins when typing pauses for this long. */
const PAUSE_MS = 200;

export function FindDialog(): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const numbers = useNumbers();
  const [query, setQuery] = useState<Query>({ find: '', matchCase: false, wholeWord: false, places: [...findPlaces] });
  const [by, setBy] = useState('');
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [round, setRound] = useState(0);
  const found = useSearch(query, round);
  const [progress, setProgress] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  useEffect(() => setOff(new Set()), [query]);
  const change = (values: Partial<Query>) => setQuery((now) => ({ ...now, ...values }));
  const toggle = (place: FindPlace) => (on: boolean) => change({ places: findPlaces.filter((other) => (other === place ? on : query.places.includes(other))) });
  const ticked = found.matches.filter((match) => !off.has(match.key));
  const undo = () => void client.call('edits.undo', { imageId: null }).then(() => setRound((now) => now + 1), toastError);
  const run = async () => {
    stop.current = new AbortController();
    setProgress(0);
    try {
      const done = await replace(client, query, by, ticked, stop.current.signal, setProgress);
      const text = [t('find.replaced', { count: done.replaced }), ...(done.left > 0 ? [t('find.left', { count: done.left })] : [])].join(' ');
      toast(done.left > 0 ? 'warn' : 'good', text, { ...(done.replaced > 0 ? { action: { text: t('find.undo'), run: undo } } : {}), sticky: false });
    } catch (thrown) {
      toastError(thrown);
    }
    setProgress(null);
    setRound((now) => now + 1);
  };
  const counted =
    query.find === ''
      ? t('find.hint')
      : found.matches.length === 0
        ? t(found.share < 1 ? 'find.searching' : 'find.nothing')
        : `${t('find.places', { count: found.matches.length })} · ${t('find.in-images', { count: found.images })}`;
  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      title={t('find.title')}
      size="wide"
      actions={
        <>
          <span className={styles.count} role="status" data-testid="find-count">
            {counted}
            {found.capped ? ` ${t('find.capped', { shown: numbers.count(found.matches.length) })}` : ''}
          </span>
          {progress === null ? (
            <Button variant="primary" isDisabled={ticked.length === 0 || found.share < 1 || query.find === by} onPress={() => void run()}>
              {t('find.replace', { count: ticked.length })}
            </Button>
          ) : (
            <Button onPress={() => stop.current?.abort()}>{t('find.stop')}</Button>
          )}
        </>
      }
    >
      <div className={styles.fields}>
        <TextField label={t('find.find')} value={query.find} onChange={(find) => change({ find })} autoFocus maxLength={500} isDisabled={progress !== null} />
        <TextField label={t('find.by')} value={by} onChange={setBy} maxLength={2000} isDisabled={progress !== null} />
      </div>
      <div className={styles.options}>
        <Checkbox isSelected={query.matchCase} onChange={(matchCase) => change({ matchCase })}>
          {t('find.match-case')}
        </Checkbox>
        <Checkbox isSelected={query.wholeWord} onChange={(wholeWord) => change({ wholeWord })}>
          {t('find.whole-word')}
        </Checkbox>
        <span className={styles.line} aria-hidden="true" />
        {findPlaces.map((place) => (
          <Checkbox key={place} isSelected={query.places.includes(place)} onChange={toggle(place)}>
            {t(`find.place.${place}`)}
          </Checkbox>
        ))}
      </div>
      {progress !== null || found.share < 1 ? (
        <ProgressBar label={t(progress === null ? 'find.searching' : 'find.replacing')} value={progress ?? found.share} />
      ) : null}
      <Matches matches={found.matches} by={by} off={off} onOff={setOff} />
    </Dialog>
  );
}

/** Searches anew whenever the query changes or the project was changed from here. */
function useSearch(query: Query, round: number): Search {
  const { client } = useHost();
  const [found, setFound] = useState<Search>(noSearch);
  useEffect(() => {
    if (query.find === '' || query.places.length === 0) {
      setFound(noSearch);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      setFound({ ...noSearch, share: 0 });
      search(client, query, abort.signal, setFound).catch((thrown: unknown) => abort.signal.aborted || toastError(thrown));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, query, round]);
  return found;
}
