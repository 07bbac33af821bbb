/** On how many images an encoder's proposals are never shown, to see whether they sway people. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { RangeInput } from '../../ui/RangeInput.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

export function ProposalsSection({ settings, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const { hiddenShare } = settings.proposals;
  const percent = Math.round(hiddenShare * 100);
  return (
    <>
      <p className={styles.hint}>{t('project-settings.proposals.about')}</p>
      <div className={styles.row}>
        <RangeInput
          label={t('project-settings.proposals.share')}
          value={percent}
          min={0}
          max={50}
          step={1}
          valueText={t('project-settings.proposals.value', { percent })}
          onChange={(value) => change({ proposals: { hiddenShare: value / 100 } })}
        />
        <output>{t('project-settings.proposals.value', { percent })}</output>
      </div>
      <p className={styles.hint}>{t(percent === 0 ? 'project-settings.proposals.none' : 'project-settings.proposals.some')}</p>
      <div>
        <CommandButton of="project.proposal-report" />
      </div>
    </>
  );
}
