/** A row of the grid. It is drawn again only when one of its own cards changes, not when the grid scrolls. */
import type { TFunction } from 'i18next';
import { memo, type ReactElement, useState } from 'react';
import type { ImageCard as Card } from '../../../shared/domain/image.ts';
import { GRID_GAP, type GridLayout } from './grid-math.ts';
import { ImageCard } from './ImageCard.tsx';
import styles from './ImageGrid.module.css';

export interface ImageRowProps {
  readonly row: number;
  readonly topPx: number;
  readonly layout: GridLayout;
  /** undefined: on its way. */
  readonly cards: readonly (Card | undefined)[];
  /** Column of the card with the focus, or -1. */
  readonly focusColumn: number;
  readonly selected: ReadonlySet<string>;
  readonly thumbUrl: (card: Card) => string;
  /** The scroll passes by: pictures wait until it slows down. Those that are there stay. */
  readonly hurries: boolean;
  readonly t: TFunction;
}

function Row({ row, topPx, layout, cards, focusColumn, selected, thumbUrl, hurries, t }: ImageRowProps): ReactElement {
  const [seen, setSeen] = useState(!hurries);
  if (!hurries && !seen) setSeen(true);
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      className={styles.row}
      style={{
        height: layout.cardHeightPx,
        top: topPx,
        gap: GRID_GAP,
        gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
      }}
    >
      {cards.map((card, column) => (
        <ImageCard
          key={column}
          card={card}
          index={row * layout.columns + column}
          column={column}
          thumbUrl={card && seen ? thumbUrl(card) : null}
          focused={column === focusColumn}
          selected={card !== undefined && selected.has(card.id)}
          t={t}
        />
      ))}
    </div>
  );
}

function looksTheSame(before: ImageRowProps, now: ImageRowProps): boolean {
  return (
    before.row === now.row &&
    before.topPx === now.topPx &&
    before.layout === now.layout &&
    before.focusColumn === now.focusColumn &&
    (before.hurries === now.hurries || now.hurries) &&
    before.t === now.t &&
    before.thumbUrl === now.thumbUrl &&
    before.cards.length === now.cards.length &&
    before.cards.every((card, at) => card === now.cards[at] && (card === undefined || before.selected.has(card.id) === now.selected.has(card.id)))
  );
}

export const ImageRow = memo(Row, looksTheSame);
