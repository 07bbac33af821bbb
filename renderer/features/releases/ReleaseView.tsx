/** One release: what it holds, its hash, and what changed since or before. */
import { Copy, Download } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Release } from '../../../shared/domain/release.ts';
import { releaseMarkdown } from '../../../shared/formats/release-markdown.ts';
import { runCommand } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { useProject } from '../../queries/project.ts';
import { changeExportWish, exportWishOf } from '../../stores/export-wish.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { errorSentence, toastError } from '../../ui/errors.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { Select } from '../../ui/Select.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { toast } from '../../ui/toasts.ts';
import { ReleaseChanges } from './ReleaseChanges.tsx';
import styles from './Releases.module.css';
import { useDates } from './use-dates.ts';

/** Not a name that a release can have. */
const NOW = '';

export function ReleaseView({ release, releases }: { release: Release; releases: readonly Release[] }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const { data: project } = useProject();
  const [other, setOther] = useState(NOW);
  const against = releases.find(({ name }) => name === other);
  // The older of the two first.
  const pair = !against ? { from: release.name, to: null } : against.seq <= release.seq ? { from: other, to: release.name } : { from: release.name, to: other };
  const diff = useQueryMethod('releases.diff', pair, { staleTime: 0 });
  const save = useCommandMethod('releases.saveDiff');
  const copy = async (text: string, said: string) => toast((await copyText(text)) ? 'good' : 'bad', said);
  return (
    <>
      <Facts release={release} onCopy={(text) => void copy(text, t('releases.hash-copied'))} />
      {desktop ? (
        <div>
          <Button
            onPress={() => {
              if (project?.id) exportWishOf(project.id);
              changeExportWish({ release: release.name });
              runCommand('export.open');
            }}
          >
            <Download size={14} aria-hidden />
            {t('releases.export')}
          </Button>
        </div>
      ) : null}
      <div className={styles.compare}>
        <div className={styles.pick}>
          <Select
            label={t('releases.compare')}
            value={other}
            options={[
              { value: NOW, text: t('releases.with-now') },
              ...releases.filter(({ name }) => name !== release.name).map(({ name }) => ({ value: name, text: name })),
            ]}
            onChange={setOther}
          />
        </div>
        <Button isDisabled={!diff.data} onPress={() => diff.data && void copy(releaseMarkdown(diff.data), t('releases.copied'))}>
          {t('releases.copy')}
        </Button>
        {desktop ? (
          <Button
            isDisabled={!diff.data || save.isPending}
            onPress={() => save.mutate(pair, { onSuccess: ({ file }) => toast('good', t('releases.saved', { file })), onError: toastError })}
          >
            {t('releases.save')}
          </Button>
        ) : null}
      </div>
      {diff.error ? (
        <EmptyState>{errorSentence(diff.error)}</EmptyState>
      ) : diff.data ? (
        <ReleaseChanges diff={diff.data} />
      ) : (
        <Spinner label={t('releases.comparing')} size={24} />
      )}
    </>
  );
}

function Facts({ release, onCopy }: { release: Release; onCopy: (text: string) => void }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const date = useDates();
  const { data: people } = useQueryMethod('people.list', {});
  const who = people?.find(({ id }) => id === release.createdBy)?.name ?? t('annotate.caption.somebody');
  return (
    <div className={styles.facts}>
      <h3 className={styles.title}>{release.name}</h3>
      <p className={styles.second}>
        {t('releases.made', { when: date(release.createdAt), who })} · {t('releases.images', { count: release.images, shown: numbers.count(release.images) })}
      </p>
      {release.note === '' ? null : <p className={styles.written}>{release.note}</p>}
      <p className={styles.hash}>
        <span className={styles.second}>{t('releases.hash')}</span>
        <code data-selectable data-testid="content-hash">
          {release.contentHash}
        </code>
        <IconButton label={t('releases.copy-hash')} onPress={() => onCopy(release.contentHash)}>
          <Copy size={14} aria-hidden />
        </IconButton>
      </p>
    </div>
  );
}
