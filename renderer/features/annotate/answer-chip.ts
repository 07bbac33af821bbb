/** The chip of a mark: its number, its phrase and how many points it has. */
import type { TFunction } from 'i18next';
import type { Doc } from '../../../shared/domain/model.ts';
import { markNumbers } from '../../../shared/domain/point-mark.ts';
import { pointsBySet } from '../../stores/editor/points-by-set.ts';
import styles from './AnswerField.module.css';
import type { Pointing } from './pointing.ts';

/** An empty chip, to be dressed. */
export function makeChip(): HTMLElement {
  const chip = document.createElement('span');
  chip.className = styles.chip!;
  chip.setAttribute('role', 'img');
  chip.draggable = true;
  for (const name of [styles.number, styles.phrase, styles.count]) {
    const span = document.createElement('span');
    span.className = name!;
    chip.append(span);
  }
  return chip;
}

/** The phrase of a mark; empty where its set is gone. */
export const phraseOf = (doc: Doc, setId: string): string => doc.pointSet.find((set) => set.id === setId)?.label ?? '';

/** Shows a mark as it is now. */
export function dressChip(chip: HTMLElement, doc: Doc, pointing: Pointing | null, t: TFunction): void {
  const id = chip.dataset['set']!;
  const isNew = pointing?.setId === id && !pointing.isPlaced;
  const count = pointsBySet(doc.point).get(id)?.length ?? 0;
  const number = markNumbers(doc).get(id) ?? 0;
  const phrase = isNew ? pointing.phrase : phraseOf(doc, id);
  const texts = [isNew ? '+' : String(number), phrase, isNew ? '' : `×${count}`];
  texts.forEach((text, index) => {
    const part = chip.children[index]!;
    if (part.textContent !== text) part.textContent = text;
    (part as HTMLElement).hidden = text === '';
  });
  chip.toggleAttribute('data-pointing', pointing?.setId === id);
  chip.toggleAttribute('data-empty', count === 0);
  const name = isNew ? t('questions.mark-new', { phrase }) : t('questions.mark', { number, phrase, count });
  chip.setAttribute('aria-label', name);
  chip.title = isNew ? name : `${name} — ${t('questions.mark-hint')}`;
}
