/** The releases of the project: what each holds, what changed between two, and a new one. */
import { Plus, Tag } from 'lucide-react';
import { type ReactElement, useRef, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { NewRelease } from './NewRelease.tsx';
import styles from './Releases.module.css';
import { ReleaseView } from './ReleaseView.tsx';
import { useDates } from './use-dates.ts';

/** Not a name that a release can have. */
const NEW = '';

export function ReleasesDialog(): ReactElement {
  const { t } = useTranslation();
  return (
    <Dialog isOpen onClose={closeDialog} title={t('releases.title')} size="wide">
      <Releases />
    </Dialog>
  );
}

function Releases(): ReactElement {
  const whole = useRef<HTMLDivElement>(null);
  return (
    <div ref={whole} className={styles.whole} tabIndex={-1}>
      <ReleaseList onFormGone={() => whole.current?.focus()} />
    </div>
  );
}

/** What had the focus goes with the form: without another place for it, Escape would no longer reach the dialog. */
function ReleaseList({ onFormGone }: { onFormGone: () => void }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const date = useDates();
  const { data: releases, error } = useQueryMethod('releases.list', {});
  const making = useJobs((jobs) => jobs.some(({ kind, state }) => kind === 'release' && state === 'running'));
  const [chosen, setChosen] = useState<string | null>(null);
  const leaveForm = (name: string | null) => {
    onFormGone();
    setChosen(name);
  };
  if (error) return <EmptyState>{errorSentence(error)}</EmptyState>;
  if (!releases) return <Spinner label={t('app.loading')} size={24} />;
  const release = chosen === NEW ? undefined : (releases.find(({ name }) => name === chosen) ?? releases[0]);
  if (releases.length === 0 && chosen !== NEW) {
    return (
      <EmptyState
        icon={<Tag size={28} aria-hidden />}
        action={
          <Button variant="primary" isDisabled={making} onPress={() => setChosen(NEW)}>
            {t('releases.new')}
          </Button>
        }
      >
        {t(making ? 'releases.making' : 'releases.empty')}
      </EmptyState>
    );
  }
  return (
    <div className={styles.panes}>
      <div className={styles.left}>
        <Button isDisabled={making} onPress={() => setChosen(NEW)}>
          <Plus size={14} aria-hidden />
          {t('releases.new')}
        </Button>
        {making ? <Spinner label={t('releases.making')} size={16} /> : null}
        <ListBox
          aria-label={t('releases.title')}
          className={styles.list!}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={release ? [release.name] : []}
          onSelectionChange={(keys) => keys !== 'all' && setChosen(String([...keys][0]))}
        >
          {releases.map(({ name, createdAt, images }) => (
            <ListBoxItem key={name} id={name} className={styles.entry!} textValue={name}>
              <b className={styles.name}>{name}</b>
              <span className={styles.second}>
                {date(createdAt)} · {t('releases.images', { count: images, shown: numbers.count(images) })}
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </div>
      <div className={styles.right}>
        {release ? (
          <ReleaseView key={release.name} release={release} releases={releases} />
        ) : (
          <NewRelease releases={releases} onDone={leaveForm} onCancel={() => leaveForm(null)} />
        )}
      </div>
    </div>
  );
}
