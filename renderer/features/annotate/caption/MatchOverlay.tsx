/** Marks words in a text field: the same text in the same place, seen through, with a ground behind the words. It is read by nobody and catches no mouse. */
import { type CSSProperties, type ReactElement, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import type { GuideCheck } from '../../../../shared/domain/settings.ts';
import { useAnnotate } from '../context.ts';
import styles from './Guide.module.css';
import type { FactsFinder } from './text-facts.ts';

export function MatchOverlay({ finder, captionId, check }: { finder: FactsFinder; captionId: string; check: GuideCheck | null }): ReactElement | null {
  const { fields } = useAnnotate();
  const { text, findings } = useStore(finder.store);
  const field = fields.get(captionId);
  const [place, setPlace] = useState<{ top: number; width: number; height: number } | null>(null);
  useLayoutEffect(() => {
    if (!field) return;
    const read = () => setPlace({ top: field.scrollTop, width: field.clientWidth, height: field.clientHeight });
    read();
    field.addEventListener('scroll', read);
    return () => field.removeEventListener('scroll', read);
  }, [field, text]);
  const parent = field?.parentElement;
  if (!(field instanceof HTMLTextAreaElement) || !parent || !place || check === null || field.value !== text) return null;
  const parts: ReactElement[] = [];
  let from = 0;
  for (const { start, end } of findings[check].matches) {
    parts.push(<span key={from}>{text.slice(from, start)}</span>, <mark key={`m${start}`}>{text.slice(start, end)}</mark>);
    from = end;
  }
  // Sizes are set through the object model: the page's policy allows no style attributes in markup.
  const style = { '--top': `${-place.top}px`, '--width': `${place.width}px`, '--height': `${place.height}px` } as CSSProperties;
  return createPortal(
    <div className={styles.overlay} style={style} aria-hidden="true" data-guide-overlay>
      <div className={styles.overlayText} lang={field.lang}>
        {parts}
        {text.slice(from)}
      </div>
    </div>,
    parent,
  );
}
