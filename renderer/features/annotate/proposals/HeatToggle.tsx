import type { ReactElement } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Keys } from '../../../commands/Keys.tsx';
import styles from './HeatToggle.module.css';
import { setProposals, useProposals } from './proposal-store.ts';

/** Lays what the encoder sees over the image. Beside the tools, because it is no tool: one goes on pointing under it. */
export function HeatToggle(): ReactElement | null {
  const { t } = useTranslation();
  const isOn = useProposals((state) => state.heatShown);
  const canPropose = useProposals((state) => state.about?.encoder != null && !state.about.hidden);
  if (!canPropose) return null;
  return (
    <ToggleButton className={styles.toggle!} isSelected={isOn} onChange={(heatShown) => setProposals({ heatShown })}>
      {t('proposals.heat')}
      <Keys of="proposals.heat" />
    </ToggleButton>
  );
}
