/** A list of the project's snippets that can be searched; the chosen one goes in at the caret. */
import { type ReactElement, useRef, useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { runCommand, useCommands } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAnnotate } from './context.ts';
import { useProjectSettings } from './project-settings.ts';
import styles from './SnippetPicker.module.css';
import { insertPhrase } from './write-phrase.ts';

const writingIn = (): HTMLTextAreaElement | null => {
  const field = document.activeElement;
  return field instanceof HTMLTextAreaElement && field.dataset['row'] !== undefined ? field : null;
};

export function SnippetPicker(): ReactElement | null {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const { snippets } = useProjectSettings();
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useCommands(
    [
      {
        id: 'caption.snippet',
        title: 'snippets.command',
        section: 'caption',
        keys: ['$mod+Period'],
        inText: true,
        enabled: () => writingIn() !== null,
        run: () => {
          field.current = writingIn();
          setOpen(true);
        },
      },
    ],
    [],
  );
  if (!isOpen) return null;
  const close = () => setOpen(false);
  const choose = (text: string) => {
    close();
    const into = field.current;
    // After the dialog has given the focus back.
    if (into) requestAnimationFrame(() => (into.focus(), insertPhrase(editor, into, text)));
  };
  return (
    <Dialog isOpen onClose={close} title={t('snippets.title')} size="small">
      {snippets.length === 0 ? (
        <>
          <p className={styles.none}>{t('snippets.none')}</p>
          <div>
            <Button
              onPress={() => {
                close();
                runCommand('project.settings');
              }}
            >
              {t('snippets.add')}
            </Button>
          </div>
        </>
      ) : (
        <Autocomplete filter={(text, wanted) => text.toLocaleLowerCase().includes(wanted.toLocaleLowerCase())}>
          <SearchField aria-label={t('snippets.search')} autoFocus>
            <Input className={styles.search!} placeholder={t('snippets.search')} />
          </SearchField>
          <ListBox
            aria-label={t('snippets.title')}
            className={styles.list!}
            items={snippets.map((snippet, index) => ({ ...snippet, id: index }))}
            onAction={(index) => choose(snippets[Number(index)]?.text ?? '')}
            renderEmptyState={() => <p className={styles.none}>{t('snippets.nothing-found')}</p>}
          >
            {(snippet) => (
              <ListBoxItem className={styles.option!} textValue={`${snippet.key} ${snippet.text}`}>
                <kbd className={styles.key}>{snippet.key}</kbd>
                <span className={styles.text}>{snippet.text}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      )}
    </Dialog>
  );
}
