/** All commands by section with their keys, from the same registry as everything else. */
import { Search } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capsOf } from '../../commands/key-caps.ts';
import { commandSections, useAllCommands } from '../../commands/registry.ts';
import { closeDialog, useDialog } from '../../stores/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './HelpSheet.module.css';

export function HelpSheet(): ReactElement {
  const { t } = useTranslation();
  const isOpen = useDialog('help');
  return (
    <Dialog isOpen={isOpen} onClose={closeDialog} title={t('commands.all-keys')} size="large">
      <Sheet />
    </Dialog>
  );
}

function Sheet(): ReactElement {
  const { t } = useTranslation();
  const commands = useAllCommands();
  const [text, setText] = useState('');
  const wanted = text.normalize('NFKC').toLowerCase().trim();
  const rows = commands
    .map((command) => ({ id: command.id, section: command.section, title: t(command.title), caps: capsOf(command.keys ?? []) }))
    .filter(({ title, caps }) => [title, ...caps].some((part) => part.normalize('NFKC').toLowerCase().includes(wanted)))
    // In the order of their registration, which is that of the work; those without a key at the end.
    .reverse()
    .sort((a, b) => Number(b.caps.length > 0) - Number(a.caps.length > 0));
  const sections = commandSections.filter((section) => rows.some((row) => row.section === section));
  return (
    <>
      <TextField
        aria-label={t('commands.search-keys')}
        placeholder={t('commands.search-keys')}
        value={text}
        onChange={setText}
        autoFocus
        before={<Search size={14} aria-hidden="true" />}
      />
      {sections.length === 0 ? (
        <p className={styles.none} role="status">
          {t('commands.nothing-found')}
        </p>
      ) : null}
      <div className={styles.columns}>
        {sections.map((section) => (
          <section key={section} className={styles.section}>
            <h3 className={styles.title}>{t(`commands.section-${section}`)}</h3>
            <dl>
              {rows
                .filter((row) => row.section === section)
                .map((row) => (
                  <div key={row.id} className={styles.row}>
                    <dt>{row.title}</dt>
                    <dd className={styles.keys}>
                      {row.caps.map((cap) => (
                        <span key={cap}>
                          <Kbd>{cap}</Kbd>
                          <span className={styles.spoken}>{cap}</span>
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
