import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../../commands/Keys.tsx';
import type { Host } from '../../host/host.ts';
import styles from './Palette.module.css';
import type { PaletteItem } from './use-palette-items.ts';

interface Props {
  readonly id: string;
  readonly item: PaletteItem;
  readonly host: Host;
  readonly isActive: boolean;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
}

/** One thing to choose; the pointer only marks it when it moves, not when the list moves under it. */
export function PaletteRow({ id, item, host, isActive, onChoose, onPoint }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.row}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {item.kind === 'image' ? (
        <>
          <img className={styles.thumb} src={host.thumbUrl(item.image)} alt="" />
          <span className={styles.text}>{item.image.name}</span>
          <span className={styles.section}>{t('commands.go-to-image')}</span>
        </>
      ) : (
        <>
          <span className={styles.text}>{marked(item.text, item.at)}</span>
          <span className={styles.section}>{t(`commands.section-${item.command.section}`)}</span>
          <Keys of={item.command.id} />
        </>
      )}
    </li>
  );
}

function marked(text: string, at: readonly number[]): ReactNode {
  if (at.length === 0) return text;
  const found = new Set(at);
  return [...text].map((char, position) => (found.has(position) ? <b key={position}>{char}</b> : char));
}
