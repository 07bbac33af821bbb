/** What can be done with the selected images; it floats over the grid while there are any. */
import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { runCommand } from '../../commands/registry.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './BulkBar.module.css';
import { useGalleryPlace } from './gallery-place.ts';
import { bulkCommands } from './use-gallery-commands.ts';

/** `takenOut`: the list shows images that are out of the work, which can only be put back. */
export function BulkBar({ takenOut }: { takenOut: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const count = useGalleryPlace((place) => place.selection.ids.size);
  const busy = useGalleryPlace((place) => place.busy);
  if (busy !== null) {
    return (
      <div className={styles.bar}>
        <Spinner label={busy} />
        <span className={styles.count}>{busy}</span>
      </div>
    );
  }
  if (count === 0) return null;
  const commands = bulkCommands.filter((id) => (id === 'gallery.put-back') === takenOut);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('gallery.selection-bar')}>
      <span className={styles.count} role="status">
        {t('gallery.selected', { count, n: numbers.count(count) })}
      </span>
      {commands.map((id) => (
        <CommandButton key={id} of={id} variant="quiet" />
      ))}
      <IconButton label={t('gallery.command.deselect')} keyCap="Esc" onPress={() => void runCommand('gallery.deselect')}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
