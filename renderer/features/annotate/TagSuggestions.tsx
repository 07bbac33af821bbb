/** Words that the encoder would give this image, as chips with their scores. One becomes the current label when a person presses it, and never before. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointSet } from '../../../shared/domain/model.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useAnnotate, useEditor } from './context.ts';
import { chooseLabel } from './point-actions.ts';
import styles from './PointsTab.module.css';

export function TagSuggestions({ sets }: { sets: readonly PointSet[] }): ReactElement | null {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const imageId = useEditor((state) => state.imageId) ?? '';
  const { data } = useQueryMethod('tags.suggest', { imageId }, { enabled: imageId !== '', retry: false });
  if (data?.status !== 'tags') return null;
  const tags = data.tags.filter(({ word }) => !sets.some((set) => set.label.toLowerCase() === word.toLowerCase()));
  if (tags.length === 0) return null;
  return (
    <section aria-label={t('tags.sees', { encoder: data.encoder })} data-testid="tags">
      <h2 className={styles.heading}>{t('tags.sees', { encoder: data.encoder })}</h2>
      <ul className={styles.chips}>
        {tags.map(({ word, score }) => (
          <li key={word}>
            <Button onPress={() => me && chooseLabel(editor, me, word)}>
              <span className={styles.chip}>{word}</span>
              <span aria-hidden="true">{Math.round(score * 100)} %</span>
              <VisuallyHidden>{t('tags.score', { percent: Math.round(score * 100) })}</VisuallyHidden>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
