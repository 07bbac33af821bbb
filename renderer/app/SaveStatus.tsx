/** Whether the work is on disk: the time of the last commit, or that it is not there yet, or why not and the way out. */
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../host/host.ts';
import { useChrome } from '../stores/chrome.ts';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/toasts.ts';
import styles from './SaveStatus.module.css';

/** A restart takes about a second: only a longer absence is worth a sentence. */
const PATIENCE_MS = 3_000;

let clock: { readonly language: string; readonly format: Intl.DateTimeFormat } | null = null;
/** Making one takes longer than all else that a save shows. */
function clockOf(language: string): Intl.DateTimeFormat {
  if (clock?.language !== language)
    clock = { language, format: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }) };
  return clock.format;
}

export function SaveStatus(): ReactElement | null {
  const { t, i18n } = useTranslation();
  const state = useChrome((chrome) => chrome.saveState);
  const alive = useConnection();
  if (!alive) return <Status tone="warn" text={t('app.connection-lost')} />;
  if (state.kind === 'none') return null;
  if (state.kind === 'pending') return <Status tone="warn" text={t('app.saving')} />;
  if (state.kind === 'saved') {
    const time = clockOf(i18n.language).format(state.at);
    return <Status tone="good" text={t('app.saved-at', { time })} />;
  }
  return (
    <>
      <Status tone="bad" text={`${t('app.not-saved')}: ${state.message}`} />
      {state.retry ? (
        <Button variant="danger" onPress={state.retry}>
          {t('app.try-again')}
        </Button>
      ) : null}
    </>
  );
}

/** Not a live region while all is well: an annotator saves every few seconds and must not hear of each. */
function Status({ tone, text }: { tone: 'good' | 'warn' | 'bad'; text: string }): ReactElement {
  return (
    <span className={styles.status} data-tone={tone} data-testid="save-status" title={text} {...(tone === 'bad' ? { role: 'alert' } : {})}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.text}>{text}</span>
    </span>
  );
}

function useConnection(): boolean {
  const host = useHost();
  const { t } = useTranslation();
  const [alive, setAlive] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let told = false;
    const end = host.onConnection((now) => {
      setAlive(now);
      clearTimeout(timer);
      if (!now) {
        timer = setTimeout(() => {
          told = true;
          toast('warn', t(host.desktop ? 'app.connection-lost-long' : 'app.connection-lost-browser'));
        }, PATIENCE_MS);
      } else if (told) {
        told = false;
        toast('good', t('app.connection-back'));
      }
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [host, t]);
  return alive;
}
