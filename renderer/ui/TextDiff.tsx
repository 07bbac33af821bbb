/** Two texts as one, with what went and what came. Colour never says it alone: a sign does too. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { diffText } from '../../shared/text/diff.ts';
import styles from './TextDiff.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

/** Differs word by word; Japanese and Chinese character by character. */
export function TextDiff({ before, after }: { before: string; after: string }): ReactElement {
  return (
    <p className={styles.text} data-selectable data-testid="text-diff">
      {diffText(before, after).map((part, index) =>
        part.kind === 'same' ? (
          <span key={index}>{part.text}</span>
        ) : (
          <ChangedPart key={index} kind={part.kind}>
            {part.text}
          </ChangedPart>
        ),
      )}
    </p>
  );
}

/** One thing that came or went. */
export function ChangedPart({ kind, children }: { kind: 'added' | 'removed'; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const spoken = <VisuallyHidden>{t(kind === 'added' ? 'history.added' : 'history.removed')} </VisuallyHidden>;
  return kind === 'added' ? (
    <ins className={styles.added}>
      {spoken}
      {children}
    </ins>
  ) : (
    <del className={styles.removed}>
      {spoken}
      {children}
    </del>
  );
}
