/** A list of the project's snippets that can be searched; the chosen one goes in at the caret. */
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Snippet } from '../../../shared/domain/settings.ts';
import { runCommand, useCommands } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAnnotate } from './context.ts';
import { useProjectSettings } from './project-settings.ts';
import { insertInto, type Target, writingTarget } from './insert-text.ts';
import styles from './SnippetPicker.module.css';

export function SnippetPicker(): ReactElement | null {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const { snippets } = useProjectSettings();
  const [isOpen, setOpen] = useState(false);
  const target = useRef<Target>(null);
  useCommands(
    [
      {
        id: 'caption.snippet',
        title: 'snippets.command',
        section: 'caption',
        keys: ['$mod+Period'],
        inText: true,
        enabled: () => writingTarget() !== null,
        run: () => {
          target.current = writingTarget();
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
    const into = target.current;
    // After the dialog has given the focus back.
    if (into) requestAnimationFrame(() => insertInto(editor, into, text));
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
        <Search snippets={snippets} onChoose={choose} />
      )}
    </Dialog>
  );
}

function Search({ snippets, onChoose }: { snippets: readonly Snippet[]; onChoose: (text: string) => void }): ReactElement {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = snippets.filter(({ key, text }) => `${key} ${text}`.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()));
  const index = Math.min(active, found.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) {
      const snippet = found[index];
      if (snippet) onChoose(snippet.text);
    } else if (found.length > 0) setActive((index + step + found.length) % found.length);
  };
  return (
    <>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded="true"
        aria-controls="snippet-list"
        aria-label={t('snippets.search')}
        aria-activedescendant={found[index] ? `snippet-${index}` : undefined}
        placeholder={t('snippets.search')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id="snippet-list" className={styles.list} role="listbox" aria-label={t('snippets.title')}>
        {found.map((snippet, at) => (
          <li
            key={at}
            id={`snippet-${at}`}
            role="option"
            aria-selected={at === index}
            className={styles.option}
            onPointerMove={() => setActive(at)}
            onClick={() => onChoose(snippet.text)}
          >
            <kbd className={styles.key}>{snippet.key}</kbd>
            <span className={styles.text}>{snippet.text}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className={styles.none} role="status">
          {t('snippets.nothing-found')}
        </p>
      ) : null}
    </>
  );
}
