/** Who changed what and when on the open image, what it looked like then, and the way back. */
import { Play } from 'lucide-react';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useQueryMethod } from '../../queries/client.ts';
import { useNames } from '../../queries/names.ts';
import { closeHistory, restoreRevision, useHistoryView } from '../../stores/history.ts';
import { navigate } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { editSentence } from '../../ui/edit-sentence.ts';
import { errorSentence, toastError } from '../../ui/errors.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { toast } from '../../ui/toasts.ts';
import { Differences } from './Differences.tsx';
import { type Entry, historyEntries, touchesCaption } from './entries.ts';
import styles from './History.module.css';
import { Snapshot } from './Snapshot.tsx';

/** The core sends no more at once; older ones are in the log all the same. */
const MOST_EVENTS = 1000;
type Against = 'before' | 'now' | 'pinned' | 'state';

export function HistoryDialog({ imageId }: { imageId: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Dialog isOpen onClose={closeHistory} title={t('history.title')} size="wide">
      <History imageId={imageId} />
    </Dialog>
  );
}

function History({ imageId }: { imageId: string }): ReactElement {
  const { t } = useTranslation();
  const captionId = useHistoryView((view) => view.captionId);
  // What is typed last is saved before the log is read: opening the dialog takes the focus out of the field.
  const events = useQueryMethod('edits.history', { imageId, limit: MOST_EVENTS }, { staleTime: 0, refetchOnMount: 'always' });
  // Without their names everybody would be somebody for a moment.
  const people = useQueryMethod('people.list', {});
  const oldest = events.data?.at(-1)?.seq;
  const base = useQueryMethod('edits.at', { imageId, seq: (oldest ?? 1) - 1 }, { enabled: oldest !== undefined });
  const all = useMemo(() => (events.data && base.data ? historyEntries(base.data, events.data).toReversed() : []), [events.data, base.data]);
  const entries = useMemo(() => (captionId === null ? all : all.filter((entry) => touchesCaption(entry, captionId))), [all, captionId]);
  const error = events.error ?? base.error;
  if (error) return <EmptyState>{errorSentence(error)}</EmptyState>;
  if (events.data?.length === 0) return <EmptyState>{t('history.empty')}</EmptyState>;
  const [newest] = all;
  if (!newest || people.isPending) return <Spinner label={t('app.loading')} size={24} />;
  return <Panes entries={entries} newest={newest} captionId={captionId} more={(events.data?.length ?? 0) === MOST_EVENTS} imageId={imageId} />;
}

interface PanesProps {
  readonly entries: readonly Entry[];
  readonly newest: Entry;
  readonly captionId: string | null;
  readonly more: boolean;
  readonly imageId: string;
}

function Panes({ entries, newest, captionId, more, imageId }: PanesProps): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [pinned, setPinned] = useState<string | null>(null);
  const [against, setAgainst] = useState<Against>('before');
  const entry = entries.find((row) => String(row.seq) === chosen) ?? entries[0];
  const pin = entries.find((row) => String(row.seq) === pinned);
  // The same list as long as nothing is new: else it is built again, and scrolls up, at every choice.
  const items = useMemo(() => entries.map((row) => ({ ...row, id: String(row.seq) })), [entries]);
  const time = useTime();
  useEffect(() => {
    if (!pin && against === 'pinned') setAgainst('before');
  }, [pin, against]);
  const names = useNames();
  const replay = () => {
    closeHistory();
    navigate({ screen: 'film', imageId, seq: null, from: { screen: 'annotate', imageId } });
  };
  return (
    <div className={styles.panes}>
      <div className={styles.left}>
        <ListBox
          aria-label={t('history.title')}
          className={styles.list!}
          items={items}
          dependencies={[names, time, pinned, t]}
          selectionMode="single"
          disallowEmptySelection
          selectionBehavior="replace"
          selectedKeys={entry ? [String(entry.seq)] : []}
          onSelectionChange={(keys) => keys !== 'all' && setChosen(String([...keys][0]))}
        >
          {(row) => (
            <ListBoxItem
              id={row.id}
              className={styles.entry!}
              textValue={`${names(row.userId)} ${editSentence(row, t)}`}
              data-pinned={row.id === pinned || undefined}
            >
              <span className={styles.who}>
                <b>{names(row.userId)}</b>
                <time dateTime={new Date(row.at).toISOString()}>{time(row.at)}</time>
              </span>
              <span className={styles.did} data-action={row.action}>
                {editSentence(row, t)}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
        {more ? <p className={styles.note}>{t('history.more', { count: MOST_EVENTS })}</p> : null}
      </div>
      {entry ? (
        <div className={styles.right}>
          <div className={styles.tools}>
            <Segmented
              label={t('history.show')}
              selected={against}
              onSelect={setAgainst}
              items={[
                { id: 'before', text: t('history.against-before') },
                { id: 'now', text: t('history.against-now') },
                { id: 'pinned', text: t('history.against-pinned'), isDisabled: !pin || pin === entry },
                { id: 'state', text: t('history.state-then') },
              ]}
            />
            <Button variant="quiet" onPress={replay}>
              <Play size={14} aria-hidden />
              {t('film.replay')}
            </Button>
            <Button variant="quiet" onPress={() => setPinned(entry === pin ? null : String(entry.seq))}>
              {t(entry === pin ? 'history.unpin' : 'history.pin')}
            </Button>
          </div>
          <div className={styles.view} tabIndex={0} role="region" aria-label={t('history.show')}>
            {against === 'state' ? (
              <Snapshot doc={entry.after} imageId={imageId} captionId={captionId} />
            ) : (
              <Differences {...pair(against, entry, pin, newest)} captionId={captionId} />
            )}
          </div>
          <Restore entry={entry} captionId={captionId} isNow={entry === newest} />
        </div>
      ) : (
        <EmptyState>{t('history.empty')}</EmptyState>
      )}
    </div>
  );
}

/** The older of the two states first. */
function pair(against: Against, entry: Entry, pin: Entry | undefined, newest: Entry) {
  if (against === 'now') return { before: entry.after, after: newest.after };
  if (against !== 'pinned' || !pin) return { before: entry.before, after: entry.after };
  return pin.seq < entry.seq ? { before: pin.after, after: entry.after } : { before: entry.after, after: pin.after };
}

function Restore({ entry, captionId, isNow }: { entry: Entry; captionId: string | null; isNow: boolean }): ReactElement {
  const { t } = useTranslation();
  const captions = entry.after.caption.filter((row) => row.text.trim() !== '' && (captionId === null || row.id === captionId));
  const restore = async (only: string | null) => {
    try {
      const changed = await restoreRevision(entry.seq, only);
      toast(changed ? 'good' : 'info', t(changed ? 'history.restored' : 'history.same'));
      if (changed) closeHistory();
    } catch (thrown) {
      toastError(thrown);
    }
  };
  return (
    <footer className={styles.foot}>
      <span className={styles.note}>{t('history.restore-note')}</span>
      {captions.map((row, index) => (
        <Button key={row.id} isDisabled={isNow} variant={captionId === null ? 'default' : 'primary'} onPress={() => void restore(row.id)}>
          {captions.length > 1 ? t('history.restore-caption-number', { number: index + 1 }) : t('history.restore-caption')}
        </Button>
      ))}
      {captionId === null ? (
        <Button variant="primary" isDisabled={isNow} onPress={() => void restore(null)}>
          {t('history.restore')}
        </Button>
      ) : null}
    </footer>
  );
}

function useTime(): (at: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
    return (at) => format.format(at);
  }, [i18n.language]);
}
