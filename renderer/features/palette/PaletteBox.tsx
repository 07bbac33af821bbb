import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { navigate, sessionStore } from '../../stores/session.ts';
import styles from './Palette.module.css';
import { PaletteRow } from './PaletteRow.tsx';
import { type PaletteItem, usePaletteItems } from './use-palette-items.ts';

const RECENT = 12;
/** The focus has gone back to where it was before the palette by then: a command may act on it. */
const FOCUS_BACK_MS = 40;

function choose(item: PaletteItem): void {
  closeDialog();
  if (item.kind === 'image') return navigate({ screen: 'annotate', imageId: item.image.id });
  const { recentCommands, set } = sessionStore.getState();
  set({ recentCommands: [item.command.id, ...recentCommands.filter((id) => id !== item.command.id)].slice(0, RECENT) });
  setTimeout(() => runCommand(item.command.id), FOCUS_BACK_MS);
}

/** The field and its list, as a combobox: the focus stays in the field. */
export function PaletteBox(): ReactElement {
  const { t } = useTranslation();
  const host = useHost();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const items = usePaletteItems(text);
  const index = Math.min(active, items.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      const wanted = index + step;
      setActive(Math.abs(step) === 1 ? (wanted + items.length) % items.length : Math.max(0, Math.min(items.length - 1, wanted)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const item = items[index];
      if (item) choose(item);
    }
  };
  return (
    <>
      <div className={styles.field}>
        <Search size={16} aria-hidden="true" className={styles.glass} />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-label={t('app.search-or-command')}
          aria-activedescendant={items[index] ? `palette-${index}` : undefined}
          placeholder={t('app.search-or-command')}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul ref={list} id="palette-list" className={styles.list} role="listbox" aria-label={t('commands.list')}>
        {items.map((item, at) => (
          <PaletteRow
            key={item.kind === 'image' ? item.image.id : item.command.id}
            id={`palette-${at}`}
            item={item}
            host={host}
            isActive={at === index}
            onChoose={() => choose(item)}
            onPoint={() => setActive(at)}
          />
        ))}
      </ul>
      {items.length === 0 ? (
        <p className={styles.none} role="status">
          {t('commands.nothing-found')}
        </p>
      ) : null}
    </>
  );
}
