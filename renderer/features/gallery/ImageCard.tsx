/** One card of the grid. It has no state and no handlers of its own: thousands of them come and go while a person scrolls. */
import type { TFunction } from 'i18next';
import { Check, EyeOff, ImageOff } from 'lucide-react';
import type { ReactElement, SyntheticEvent } from 'react';
import type { ImageCard as Card } from '../../../shared/domain/image.ts';
import styles from './ImageCard.module.css';

export interface ImageCardProps {
  readonly card: Card | undefined;
  readonly index: number;
  readonly column: number;
  readonly thumbUrl: string | null;
  readonly focused: boolean;
  readonly selected: boolean;
  readonly t: TFunction;
}

const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1);

/** What a screen reader says of a card: all that its foot shows, in words. */
function spoken(card: Card, t: TFunction): string {
  return [
    card.name,
    t(`gallery.states.${card.state}`),
    card.captionWords > 0 ? t('gallery.words', { count: card.captionWords }) : null,
    card.pointCount > 0 ? t('gallery.points', { count: card.pointCount }) : null,
    card.questionCount > 0 ? t('gallery.questions', { count: card.questionCount }) : null,
    card.excluded ? t('gallery.spoken-out') : null,
    card.missing ? t('gallery.spoken-missing') : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

const hideBroken = (event: SyntheticEvent<HTMLImageElement>) => {
  event.currentTarget.hidden = true;
};

export function ImageCard({ card, index, column, thumbUrl, focused, selected, t }: ImageCardProps): ReactElement {
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={selected}
      aria-label={card ? spoken(card, t) : t('gallery.loading')}
      tabIndex={focused ? 0 : -1}
      data-index={index}
      data-current={focused || undefined}
      className={styles.card}
    >
      <div className={styles.picture}>
        <ImageOff className={styles.broken} aria-hidden size={20} />
        {thumbUrl !== null && <img className={styles.image} src={thumbUrl} alt="" loading="eager" decoding="async" draggable={false} onError={hideBroken} />}
        <span className={styles.check} data-check aria-hidden>
          <Check size={14} strokeWidth={3} />
        </span>
        {card?.excluded && <EyeOff className={styles.out} aria-hidden size={18} />}
      </div>
      {card && <Foot card={card} t={t} />}
    </div>
  );
}

function Foot({ card, t }: { card: Card; t: TFunction }): ReactElement {
  return (
    <div className={styles.foot} aria-hidden>
      <span className={styles.name} title={card.name}>
        {baseName(card.name)}
      </span>
      <span className={styles.facts}>
        {card.captionWords > 0 && <span className={styles.fact}>¶ {card.captionWords}</span>}
        {card.pointCount > 0 && <span className={styles.fact}>● {card.pointCount}</span>}
        {card.missing ? (
          <span className={styles.state} data-state="missing">
            {t('gallery.missing-short')}
          </span>
        ) : (
          <span className={styles.state} data-state={card.state}>
            {t(`gallery.states.${card.state}`)}
          </span>
        )}
      </span>
    </div>
  );
}
