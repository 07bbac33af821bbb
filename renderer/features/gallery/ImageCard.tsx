/** One card of the grid. It has no state, no handlers and few elements: thousands of them come and go while a person scrolls. */
import type { TFunction } from 'i18next';
import type { ReactElement, SyntheticEvent } from 'react';
import type { ImageCard as Card } from '../../../shared/domain/image.ts';
import { skipReasonText } from '../../ui/skip-reason.ts';
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

/** Cosines go below zero; "less than not at all" tells nobody anything. */
const percentOf = (similarity: number) => Math.max(0, Math.round(similarity * 100));
const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1);

const markBroken = (event: SyntheticEvent<HTMLImageElement>) => {
  event.currentTarget.hidden = true;
  event.currentTarget.parentElement?.setAttribute('data-broken', '');
};

export function ImageCard({ card, index, column, thumbUrl, focused, selected, t }: ImageCardProps): ReactElement {
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={selected}
      {...(card ? {} : { 'aria-label': t('gallery.loading') })}
      tabIndex={focused ? 0 : -1}
      data-index={index}
      data-current={focused || undefined}
      className={styles.card}
    >
      <div key={card?.id} className={styles.picture} data-out={card?.excluded || undefined}>
        {thumbUrl !== null && <img className={styles.image} src={thumbUrl} alt="" loading="eager" decoding="async" draggable={false} onError={markBroken} />}
        <span className={styles.check} data-check aria-hidden />
      </div>
      {card && <Foot card={card} t={t} />}
    </div>
  );
}

function Foot({ card, t }: { card: Card; t: TFunction }): ReactElement {
  return (
    <div className={styles.foot}>
      <span className={styles.name} title={card.name}>
        {baseName(card.name)}
      </span>
      <span className={styles.facts}>
        {card.captionWords > 0 && (
          <span role="img" aria-label={t('gallery.words', { count: card.captionWords })}>
            ¶ {card.captionWords}
          </span>
        )}
        {card.pointCount > 0 && (
          <span role="img" aria-label={t('gallery.points', { count: card.pointCount })}>
            ● {card.pointCount}
          </span>
        )}
        {card.inPicture && <span className={styles.state}>{t('gallery.in-picture')}</span>}
        {card.similarity !== undefined && <span aria-label={t('similar.score', { percent: percentOf(card.similarity) })}>{percentOf(card.similarity)} %</span>}
        {card.excluded && <span className={styles.state}>{t('gallery.taken-out')}</span>}
        {card.missing ? (
          <span className={styles.state} data-state="missing">
            {t('gallery.missing-short')}
          </span>
        ) : card.skipped ? (
          <span className={styles.state} data-state="skipped" title={skipReasonText(card.skipped, t)}>
            {t('skip.short')}
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
