/** The film as a line: a tick for each edit in the colour of who made it. Click or drag to go there. */
import { type PointerEvent, type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Film.module.css';
import type { Player } from './player.ts';
import { timeOf } from './timeline.ts';

interface ScrubBarProps {
  readonly player: Player;
  /** For each event the colour of its person. */
  readonly colours: readonly string[];
  readonly position: number;
  readonly told: string;
}
const TICK_PX = 2;

export function ScrubBar({ player, colours, position, told }: ScrubBarProps): ReactElement {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const { times } = player;
  const total = timeOf(times, times.length);
  useEffect(() => {
    const element = canvas.current!;
    const draw = () => {
      const { width, height } = element.getBoundingClientRect();
      const scale = window.devicePixelRatio;
      element.width = Math.max(1, Math.round(width * scale));
      element.height = Math.max(1, Math.round(height * scale));
      const context = element.getContext('2d')!;
      for (const [index, time] of times.entries()) {
        context.fillStyle = colours[index]!;
        context.fillRect((time / total) * (element.width - TICK_PX * scale), 0, TICK_PX * scale, element.height);
      }
    };
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => watch.disconnect();
  }, [times, total, colours]);
  // The head moves in each frame, past React.
  useEffect(() => {
    const follow = () => {
      head.current!.style.left = `${total === 0 ? 0 : (player.store.getState().time / total) * 100}%`;
    };
    follow();
    return player.store.subscribe(follow);
  }, [player, total]);
  const go = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    player.seekTime(((event.clientX - left) / width) * total);
  };
  return (
    <div
      className={styles.bar}
      role="slider"
      tabIndex={0}
      aria-label={t('film.bar')}
      aria-valuemin={0}
      aria-valuemax={times.length}
      aria-valuenow={position}
      aria-valuetext={told}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
    >
      <canvas ref={canvas} className={styles.ticks} aria-hidden="true" />
      <div ref={head} className={styles.head} />
    </div>
  );
}
