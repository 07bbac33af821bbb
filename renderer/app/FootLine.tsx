/** The line below every screen: the keys that matter now. A click on one does the same. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Keys } from '../commands/Keys.tsx';
import { runCommand, useCommand } from '../commands/registry.ts';
import { useChrome } from '../stores/chrome.ts';
import { Kbd } from '../ui/Kbd.tsx';
import styles from './FootLine.module.css';

export function FootLine(): ReactElement {
  const { t } = useTranslation();
  const foot = useChrome((chrome) => chrome.foot);
  const note = useChrome((chrome) => chrome.footNote);
  return (
    <footer className={styles.line} aria-label={t('app.keys-now')}>
      <div className={styles.keys}>
        {foot.map((item) =>
          typeof item === 'string' ? (
            <FootCommand key={item} id={item} />
          ) : (
            <span key={item.text} className={styles.item}>
              <Kbd>{item.cap}</Kbd>
              {item.text}
            </span>
          ),
        )}
      </div>
      {note ? (
        <span className={styles.note} data-testid="foot-note">
          {note}
        </span>
      ) : null}
      <FootCommand id="app.help" />
    </footer>
  );
}

function FootCommand({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation();
  const command = useCommand(id);
  if (!command) return null;
  return (
    <Button className={styles.item!} excludeFromTabOrder onPress={() => void runCommand(id)}>
      <Keys of={id} />
      {t(command.short ?? command.title)}
    </Button>
  );
}
