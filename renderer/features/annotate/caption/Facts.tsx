/** The figures below a caption: words, characters, time at work, and what encoders will make of its length. */
import { type ReactElement, useEffect, useRef } from 'react';
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { OPENVISION_CONTEXT } from '../../../../shared/text/bert-tokens.ts';
import { CLIP_CONTEXT } from '../../../../shared/text/clip-tokens.ts';
import { lengthHint } from '../../../../shared/text/length-hint.ts';
import { useProjectSettings } from '../project-settings.ts';
import { captionTime } from '../window-editor.ts';
import styles from './Facts.module.css';
import type { FactsFinder } from './text-facts.ts';

/** `m:ss`, and `h:mm:ss` from an hour on. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long this person has been at the captions of the image; stands still while they are away. */
export function WorkClock({ imageId }: { imageId: string }): ReactElement {
  const { t } = useTranslation();
  const { secondsTarget } = useProjectSettings();
  const time = useRef<HTMLElement>(null);
  useEffect(() => {
    captionTime.watch(imageId);
    const show = () => {
      const field = time.current;
      if (!field) return;
      const ms = captionTime.total(imageId);
      const text = clock(ms);
      if (field.textContent !== text) field.textContent = text;
      field.dataset['paused'] = String(captionTime.paused);
      field.dataset['over'] = String(secondsTarget > 0 && ms > secondsTarget * 1000);
    };
    show();
    // Four times a second, written past React: a second never looks like two.
    const timer = setInterval(show, 250);
    return () => {
      clearInterval(timer);
      captionTime.watch(null);
    };
  }, [imageId, secondsTarget]);
  return (
    <span className={styles.clock} role="timer" aria-label={t('facts.time')} data-work-clock>
      <b ref={time}>0:00</b>
      {secondsTarget > 0 ? ` ${t('facts.of-time', { time: clock(secondsTarget * 1000) })}` : ''}
    </span>
  );
}

/** Tokens and Molmo's hint, with one sentence where a text is longer than an encoder reads. */
export function TokenFacts({ finder }: { finder: FactsFinder }): ReactElement {
  const { t } = useTranslation();
  const clip = useStore(finder.store, ({ tokens }) => tokens?.clip ?? null);
  const openvision = useStore(finder.store, ({ tokens }) => tokens?.openvision ?? null);
  const hint = useStore(finder.store, ({ text }) => lengthHint(text));
  const over = [
    { name: 'CLIP', most: CLIP_CONTEXT, cut: (clip ?? 0) - CLIP_CONTEXT },
    { name: 'OpenVision', most: OPENVISION_CONTEXT, cut: (openvision ?? 0) - OPENVISION_CONTEXT },
  ].filter(({ cut }) => cut > 0);
  return (
    <>
      <TooltipTrigger delay={400} closeDelay={80}>
        <Button className={styles.tokens!} data-tokens>
          <Figure name="CLIP" count={clip} most={CLIP_CONTEXT} />
          <Figure name="OpenVision" count={openvision} most={OPENVISION_CONTEXT} />
          <span>
            long_caption <b>{hint}</b>
          </span>
        </Button>
        <Tooltip className={styles.tooltip!} offset={6}>
          {t('facts.about', { clip: CLIP_CONTEXT, openvision: OPENVISION_CONTEXT })}
        </Tooltip>
      </TooltipTrigger>
      {over.length > 0 ? (
        <p className={styles.over} data-tokens-over>
          {over.map(({ name, most, cut }) => t('facts.over', { name, most, count: cut })).join(' ')}
        </p>
      ) : null}
    </>
  );
}

function Figure({ name, count, most }: { name: string; count: number | null; most: number }): ReactElement {
  return (
    <span data-over={(count ?? 0) > most || undefined}>
      {name} <b>{count ?? '–'}</b>/{most}
    </span>
  );
}
