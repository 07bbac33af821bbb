/** Which rules are asked in this project, what their findings hold back, the numbers they go by, and whether it is kept how texts came to be. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { lintRules } from '../../../shared/domain/lint/lint.ts';
import { type Blocking, blockings, blocksOf, isOn, type LintRule, type LintSettings } from '../../../shared/domain/lint/rule.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { RangeInput } from '../../ui/RangeInput.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

export function LintSection({ settings: { lint, provenance }, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const set = (part: Partial<LintSettings>) => change({ lint: { ...lint, ...part } });
  return (
    <>
      <p className={styles.hint}>{t('project-settings.lint.about')}</p>
      <Range name="words" value={lint.wordMinimum} max={300} step={5} onChange={(wordMinimum) => set({ wordMinimum })} />
      <Range name="near" value={lint.nearPct} max={5} step={0.1} onChange={(nearPct) => set({ nearPct })} />
      <Range name="yes" value={Math.round(lint.yesShare * 100)} min={50} max={100} step={1} onChange={(value) => set({ yesShare: value / 100 })} />
      <Range name="pasted" value={Math.round(lint.pastedShare * 100)} min={10} max={100} step={5} onChange={(value) => set({ pastedShare: value / 100 })} />
      <Checkbox isSelected={provenance.gather} onChange={(gather) => change({ provenance: { gather } })}>
        {t('project-settings.lint.gather')}
      </Checkbox>
      <p className={styles.hint}>{t('project-settings.lint.gather-about')}</p>
      <h3 className={styles.heading}>{t('project-settings.lint.rules')}</h3>
      {lintRules.map((rule) => (
        <RuleRow key={rule.code} rule={rule} lint={lint} onChange={(rules) => set({ rules })} />
      ))}
    </>
  );
}

interface RangeProps {
  readonly name: 'words' | 'near' | 'yes' | 'pasted';
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}
function Range({ name, value, min = 0, max, step, onChange }: RangeProps): ReactElement {
  const { t } = useTranslation();
  const shown = t(`project-settings.lint.${name}-value`, { value });
  return (
    <div className={styles.row}>
      <span className={styles.grow}>{t(`project-settings.lint.${name}`)}</span>
      <RangeInput label={t(`project-settings.lint.${name}`)} value={value} min={min} max={max} step={step} valueText={shown} onChange={onChange} />
      <output className={styles.narrow}>{shown}</output>
    </div>
  );
}

function RuleRow({ rule, lint, onChange }: { rule: LintRule; lint: LintSettings; onChange: (rules: LintSettings['rules']) => void }): ReactElement {
  const { t } = useTranslation();
  const title = t(`lint.rules.${rule.code}.title` as 'lint.rules.filler.title');
  const { on: _on, blocks: _blocks, ...rest } = lint.rules[rule.code] ?? {};
  // Only what differs from how a rule comes is kept, so that a later version's defaults reach the project.
  const put = (on: boolean, blocks: Blocking) => {
    const entry = { ...rest, ...(on === (rule.offByDefault !== true) ? {} : { on }), ...(blocks === rule.blocks ? {} : { blocks }) };
    const { [rule.code]: _old, ...others } = lint.rules;
    onChange(Object.keys(entry).length > 0 ? { ...others, [rule.code]: entry } : others);
  };
  const on = isOn(rule, lint);
  const blocks = blocksOf(rule, lint);
  return (
    <div className={styles.row}>
      <div className={styles.grow}>
        <Checkbox isSelected={on} onChange={(next) => put(next, blocks)}>
          {title}
        </Checkbox>
      </div>
      <div className={styles.select}>
        <Select
          label={t('project-settings.lint.blocks', { title })}
          labelHidden
          value={blocks}
          isDisabled={!on}
          options={blockings.map((value) => ({ value, text: t(`lint.blocks.${value}`) }))}
          onChange={(next) => put(on, next)}
        />
      </div>
    </div>
  );
}
