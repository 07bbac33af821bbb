/** What the gallery shows instead of a grid, and what to do about it. */
import { FolderInput, SearchX } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useHost } from '../../host/host.ts';
import { useSimilar } from '../../queries/similar.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** No image in the project. `importing`: some are on their way. */
export function NoImages({ importing }: { importing: boolean }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  if (importing) return <EmptyState icon={<FolderInput size={40} strokeWidth={1.25} />}>{t('gallery.empty-importing')}</EmptyState>;
  return (
    <EmptyState
      icon={<FolderInput size={40} strokeWidth={1.25} />}
      action={
        desktop && (
          <CommandButton of="images.import-folder" variant="primary">
            {t('gallery.choose-folder')}
          </CommandButton>
        )
      }
    >
      {t(desktop ? 'gallery.empty-desktop' : 'gallery.empty-browser')}
    </EmptyState>
  );
}

/** Images, but none that match. */
export function NoMatch({ text }: { text: string }): ReactElement {
  const { t } = useTranslation();
  const wordless = useSimilar((state) => state.wordless);
  return (
    <EmptyState icon={<SearchX size={40} strokeWidth={1.25} />} action={<CommandButton of="gallery.clear-filters">{t('gallery.clear-filters')}</CommandButton>}>
      {text === '' ? t('gallery.no-match') : t('gallery.no-match-text', { text })}
      {text !== '' && wordless !== null ? ` ${t('similar.no-text', { encoder: wordless })}` : null}
    </EmptyState>
  );
}
