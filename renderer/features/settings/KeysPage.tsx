/** Every command with its key, and another key for it: press the new one, and what had it before is named. */
import { RotateCcw, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { capsOf, keyCap } from '../../commands/key-caps.ts';
import { type CommandFacts, type Conflict, conflictsOf, type Keymap, keysOfPress, withKey } from '../../commands/keymap.ts';
import { commandSections, registry, useAllCommands } from '../../commands/registry.ts';
import { sessionStore, useSession } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './KeysPage.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const setKeymap = (keymap: Keymap) => sessionStore.getState().set({ keymap });

export function KeysPage(): ReactElement {
  const { t } = useTranslation();
  const keymap = useSession((session) => session.keymap);
  const [text, setText] = useState('');
  const [capturing, setCapturing] = useState<string | null>(null);
  // The focus goes back to where it was before the key was asked for.
  const finish = (id: string) => {
    setCapturing(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-command="${id}"] button`)?.focus());
  };
  // Read again whenever a screen brings its commands.
  useAllCommands();
  const wanted = text.normalize('NFKC').toLowerCase().trim();
  const rows = registry
    .known()
    .filter((command) => i18next.exists(command.title))
    .map((command) => ({ command, title: t(command.title), caps: capsOf(keymap[command.id] ?? command.keys) }))
    .filter(({ title, caps }) => [title, ...caps].some((part) => part.normalize('NFKC').toLowerCase().includes(wanted)));
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <div className={styles.search}>
          <TextField
            aria-label={t('commands.search-keys')}
            placeholder={t('commands.search-keys')}
            value={text}
            onChange={setText}
            before={<Search size={14} aria-hidden />}
          />
        </div>
        <Button isDisabled={Object.keys(keymap).length === 0} onPress={() => setKeymap({})}>
          {t('keymap.reset-all')}
        </Button>
      </div>
      {rows.length === 0 ? <p role="status">{t('commands.nothing-found')}</p> : null}
      <div className={styles.sections}>
        {commandSections
          .filter((section) => rows.some((row) => row.command.section === section))
          .map((section) => (
            <section key={section}>
              <h3 className={styles.heading}>{t(`commands.section-${section}`)}</h3>
              <ul className={styles.list}>
                {rows
                  .filter((row) => row.command.section === section)
                  .map(({ command, title, caps }) => (
                    <li key={command.id} className={styles.row} data-command={command.id}>
                      <span className={styles.name}>{title}</span>
                      {capturing === command.id ? (
                        <Capture command={command} title={title} onDone={() => finish(command.id)} />
                      ) : (
                        <>
                          <button
                            type="button"
                            className={styles.keys}
                            aria-label={t('keymap.change', { title, keys: caps.join(', ') || t('keymap.none') })}
                            onClick={() => setCapturing(command.id)}
                          >
                            {caps.length > 0 ? caps.map((cap) => <Kbd key={cap}>{cap}</Kbd>) : <span className={styles.none}>{t('keymap.none')}</span>}
                          </button>
                          {keymap[command.id] ? (
                            <IconButton
                              label={t('keymap.reset', { title })}
                              onPress={() => setKeymap(Object.fromEntries(Object.entries(keymap).filter(([id]) => id !== command.id)))}
                            >
                              <RotateCcw size={14} aria-hidden />
                            </IconButton>
                          ) : (
                            <span className={styles.gap} />
                          )}
                        </>
                      )}
                    </li>
                  ))}
              </ul>
            </section>
          ))}
      </div>
    </div>
  );
}

/** Waits for one key press. Escape gives up; a key that an input method has is none. */
function Capture({ command, title, onDone }: { command: CommandFacts; title: string; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [pressed, setPressed] = useState<{ keys: string; conflicts: readonly Conflict[] } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { keymap } = sessionStore.getState();
  const take = (keys: string, conflicts: readonly Conflict[]) => {
    const losers = conflicts.flatMap((conflict) => (conflict.kind === 'command' ? [conflict.command] : []));
    setKeymap(withKey(keymap, command, keys, losers));
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { nativeEvent } = event;
    if (event.target !== box.current) return;
    event.preventDefault();
    event.stopPropagation();
    if (nativeEvent.isComposing || nativeEvent.keyCode === 229) return;
    if (event.key === 'Escape') return onDone();
    const keys = keysOfPress(nativeEvent, isMac);
    if (keys === null) return;
    const conflicts = conflictsOf(command, keys, registry.known(), keymap);
    if (conflicts.length === 0) take(keys, []);
    else setPressed({ keys, conflicts });
  };
  const editing = pressed?.conflicts.some((conflict) => conflict.kind === 'editing') ?? false;
  const names = pressed?.conflicts.flatMap((conflict) => (conflict.kind === 'command' ? [t(conflict.command.title)] : [])).join(', ') ?? '';
  return (
    // It takes every key, as a field does.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={box} className={styles.capture} tabIndex={0} role="group" aria-label={t('keymap.press', { title })} data-floating onKeyDown={onKeyDown}>
      {pressed === null ? (
        <span role="status">{t('keymap.press-now')}</span>
      ) : (
        <>
          <span role="alert">
            <Kbd>{keyCap(pressed.keys)}</Kbd> {editing ? t('keymap.editing') : t('keymap.taken', { names })}
          </span>
          {editing ? null : (
            <Button variant="primary" autoFocus onPress={() => take(pressed.keys, pressed.conflicts)}>
              {t('keymap.take-over')}
            </Button>
          )}
        </>
      )}
      <Button onPress={onDone}>{t('app.cancel')}</Button>
    </div>
  );
}
