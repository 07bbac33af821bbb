/** What a dataset's card says that no program can know: licences, who wrote it and how, what it is not good for. */
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Datasheet, datasheetSchema } from '../../../shared/domain/settings.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

const lines = ['licence', 'imageLicence', 'languages', 'url'] as const satisfies readonly (keyof Datasheet)[];
/** In the order in which a reader of the card asks. */
const paragraphs = [
  'uses',
  'collection',
  'annotators',
  'preprocessing',
  'limitations',
  'biases',
  'sensitive',
  'maintenance',
  'citation',
] as const satisfies readonly (keyof Datasheet)[];

export function DatasheetSection({ settings: { datasheet }, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const set = (key: keyof Datasheet, text: string) => change({ datasheet: { ...datasheet, [key]: text } });
  return (
    <>
      <p className={styles.hint}>{t('project-settings.datasheet.about')}</p>
      <div className={styles.pairs}>
        {lines.map((key) => (
          <TextField
            key={key}
            label={t(`project-settings.datasheet.${key}.name`)}
            hint={t(`project-settings.datasheet.${key}.text`)}
            value={datasheet[key]}
            isInvalid={!datasheetSchema.shape[key].safeParse(datasheet[key]).success}
            onChange={(text) => set(key, text)}
          />
        ))}
      </div>
      {paragraphs.map((key) => (
        <Paragraph
          key={key}
          label={t(`project-settings.datasheet.${key}.name`)}
          hint={t(`project-settings.datasheet.${key}.text`)}
          value={datasheet[key]}
          onChange={(text) => set(key, text)}
        />
      ))}
    </>
  );
}

interface ParagraphProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}
function Paragraph({ label, hint, value, onChange }: ParagraphProps): ReactElement {
  const hintId = useId();
  return (
    <div>
      <label className={styles.label}>
        {label}
        <textarea
          className={styles.short}
          rows={2}
          maxLength={20_000}
          value={value}
          aria-describedby={hintId}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <p id={hintId} className={styles.hint}>
        {hint}
      </p>
    </div>
  );
}
