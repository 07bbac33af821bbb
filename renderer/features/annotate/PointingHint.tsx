/** Says what clicks are for while an answer is pointed from, and sees to it that letters go into the answer all the while. */
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnotate } from './context.ts';
import { backToAnswer } from './pointing.ts';
import { screenStore, useScreen } from './screen-state.ts';
import styles from './StagePane.module.css';

const onStage = (target: EventTarget | null): boolean => target instanceof Element && target.closest('[data-stage]') !== null;

export function PointingHint(): ReactElement | null {
  const { t } = useTranslation();
  const { editor, fields } = useAnnotate();
  const phrase = useScreen((state) => state.pointing?.phrase ?? null);
  const isPointing = phrase !== null;
  useEffect(() => {
    if (!isPointing) return;
    const abort = new AbortController();
    const options = { capture: true, signal: abort.signal };
    // The view was moved, or a click was no point: the answer is where one writes. A chosen point keeps the focus, so that keys move and delete it.
    window.addEventListener(
      'pointerup',
      (event) => {
        if (onStage(event.target)) requestAnimationFrame(() => screenStore.getState().selection.length === 0 && backToAnswer(editor, fields));
      },
      options,
    );
    window.addEventListener(
      'keydown',
      (event) => {
        const writes = [...event.key].length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
        // The keyboard's crosshair has keys of its own.
        if (!writes || !onStage(event.target) || screenStore.getState().cursor !== null) return;
        event.stopPropagation();
        backToAnswer(editor, fields);
      },
      options,
    );
    return () => abort.abort();
  }, [isPointing, editor, fields]);
  if (!isPointing) return null;
  return (
    <p className={styles.pointing} role="status" data-testid="pointing">
      {phrase === '' ? t('questions.point-here') : t('questions.point-at', { phrase })}
    </p>
  );
}
