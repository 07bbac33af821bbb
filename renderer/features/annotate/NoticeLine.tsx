/** One quiet line: what an undo did, or what the screen has to say. It goes by itself. */
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnotate, useEditor } from './context.ts';
import styles from './NoticeLine.module.css';
import { setScreen, useScreen } from './screen-state.ts';

const SHOWN_MS = 6000;

export function NoticeLine(): ReactElement {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const notice = useEditor((state) => state.notice);
  const line = useScreen((state) => state.line);
  useEffect(() => {
    if (notice === null && line === null) return;
    const timer = setTimeout(() => {
      editor.say(null);
      setScreen({ line: null });
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, line, editor]);
  let text = line ?? '';
  if (notice && 'change' in notice) {
    const { what, count, label } = notice.change;
    text = t(`annotate.notice.${notice.key}`, { what: t(`annotate.change.${what}`, { count, label }) });
  } else if (notice) text = t(`annotate.notice.${notice.key}`);
  return (
    <p className={styles.line} role="status" data-testid="notice" data-empty={text === '' || undefined}>
      {text}
    </p>
  );
}
