/** Every place that was found, with the words around it and what they become. Virtual: there may be thousands. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import styles from './Find.module.css';
import type { Match } from './search.ts';

interface MatchesProps {
  readonly matches: readonly Match[];
  readonly by: string;
  /** Keys of those that stay as they are. */
  readonly off: ReadonlySet<string>;
  readonly onOff: (off: ReadonlySet<string>) => void;
}
const ROW_PX = 56;

export function Matches({ matches, by, off, onOff }: MatchesProps): ReactElement | null {
  const { t } = useTranslation();
  const host = useHost();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: matches.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 8 });
  const set = (key: string, on: boolean) => {
    const next = new Set(off);
    if (on) next.delete(key);
    else next.add(key);
    onOff(next);
  };
  if (matches.length === 0) return null;
  return (
    <>
      <div className={styles.all}>
        <Button variant="quiet" isDisabled={off.size === 0} onPress={() => onOff(new Set())}>
          {t('find.tick-all')}
        </Button>
        <Button variant="quiet" isDisabled={off.size === matches.length} onPress={() => onOff(new Set(matches.map((match) => match.key)))}>
          {t('find.tick-none')}
        </Button>
      </div>
      <div ref={scroller} className={styles.list} tabIndex={0} role="region" aria-label={t('find.list')}>
        <ul style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const match = matches[row.index]!;
            const on = !off.has(match.key);
            return (
              <li key={match.key} className={styles.match} style={{ transform: `translateY(${row.start}px)`, height: ROW_PX }} data-off={!on || undefined}>
                <Checkbox isSelected={on} onChange={(next) => set(match.key, next)}>
                  <img className={styles.thumb} src={host.thumbUrl(match.image)} alt="" loading="lazy" />
                  <span className={styles.where}>
                    <b>{match.image.name.slice(match.image.name.lastIndexOf('/') + 1)}</b>
                    <span>{t(`find.place.${match.place}`)}</span>
                  </span>
                  <span className={styles.context}>
                    {match.before}
                    <del>{match.match}</del>
                    {on && by !== '' ? <ins>{by}</ins> : null}
                    {match.after}
                  </span>
                </Checkbox>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
