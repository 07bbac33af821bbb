/** What the view shows: fit, percent, size, 1:1, rotation and brightness. The percent is written past React: it changes every frame while zooming. */
import { RotateCw, Sun } from 'lucide-react';
import { type ReactElement, type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keyCap } from '../../commands/key-caps.ts';
import { runCommand, useCommand } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { plainAdjust, setScreen, useScreen } from './screen-state.ts';
import styles from './ZoomBar.module.css';

export interface ZoomBarProps {
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null;
  readonly percent: RefObject<HTMLElement | null>;
  readonly fitted: RefObject<HTMLButtonElement | null>;
}

export function ZoomBar({ size, percent, fitted }: ZoomBarProps): ReactElement {
  const { t } = useTranslation();
  const rotate = useCommand('view.rotate')?.keys?.[0];
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('annotate.view.toolbar')}>
      <button ref={fitted} type="button" className={styles.text} onClick={() => runCommand('view.fit')} title={t('annotate.command.fit')}>
        {t('annotate.view.fit')}
      </button>
      <button type="button" className={styles.text} onClick={() => runCommand('view.one-to-one')} title={t('annotate.command.one-to-one')}>
        1:1
      </button>
      <span ref={percent} className={styles.percent} data-testid="zoom" />
      <span className={styles.size}>{size ? `${size.widthPx} × ${size.heightPx}` : ''}</span>
      <IconButton label={t('annotate.command.rotate')} {...(rotate ? { keyCap: keyCap(rotate) } : {})} onPress={() => void runCommand('view.rotate')}>
        <RotateCw size={15} aria-hidden />
      </IconButton>
      <AdjustPopover />
    </div>
  );
}

function AdjustPopover(): ReactElement {
  const { t } = useTranslation();
  const adjust = useScreen((state) => state.adjust);
  const changed = adjust.brightness !== 1 || adjust.contrast !== 1;
  return (
    <Popover
      label={t('annotate.view.adjust')}
      placement="top start"
      trigger={
        <IconButton label={t('annotate.view.adjust')} isActive={changed}>
          <Sun size={15} aria-hidden />
        </IconButton>
      }
    >
      <div className={styles.adjust}>
        {(['brightness', 'contrast'] as const).map((what) => (
          <label key={what} className={styles.slider}>
            <span>{t(`annotate.view.${what}`)}</span>
            <input
              type="range"
              min={40}
              max={250}
              step={5}
              value={Math.round(adjust[what] * 100)}
              onChange={(event) => setScreen({ adjust: { ...adjust, [what]: Number(event.target.value) / 100 } })}
            />
            <output>{Math.round(adjust[what] * 100)} %</output>
          </label>
        ))}
        <p className={styles.hint}>{t('annotate.view.adjust-hint')}</p>
        <Button isDisabled={!changed} onPress={() => setScreen({ adjust: plainAdjust })}>
          {t('annotate.view.reset')}
        </Button>
      </div>
    </Popover>
  );
}

/** Calls back while brightness or contrast are anything else than plain. */
export function useAdjust(apply: (adjust: { brightness: number; contrast: number }) => void): void {
  const adjust = useScreen((state) => state.adjust);
  useEffect(() => apply(adjust), [adjust, apply]);
}
