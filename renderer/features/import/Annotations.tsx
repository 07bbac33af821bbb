/** What annotation files are among what was chosen, how they are read, and the choices where that was guessed wrong. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { InspectedSource, Inspection } from '../../../shared/domain/annotation-import.ts';
import { type AnnotationFormat, annotationFormats, type ImportOptions, type Unit, units } from '../../../shared/formats/imports/record.ts';
import type { Key } from '../../../shared/i18n/catalogue.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { Select } from '../../ui/Select.tsx';
import type { AnnotationWish } from './annotation-wish.ts';
import styles from './Annotations.module.css';
import { Samples } from './Samples.tsx';

export function Annotations({
  inspection,
  wish,
  onChange,
}: {
  inspection: Inspection | undefined;
  wish: AnnotationWish;
  onChange: (wish: AnnotationWish) => void;
}): ReactElement | null {
  const { t } = useTranslation();
  const numbers = useNumbers();
  if (inspection === undefined) return <p className={styles.hint}>{t('annotations.looking')}</p>;
  const { sources, archives, more } = inspection;
  if (sources.length + archives.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t('annotations.title')}>
      <Checkbox isSelected={wish.take} onChange={(take) => onChange({ ...wish, take })}>
        {t('annotations.take')}
      </Checkbox>
      <p className={styles.hint}>{t('annotations.found')}</p>
      {archives.map((name) => (
        <p key={name} className={styles.hint}>
          {t('annotations.archive', { name })}
        </p>
      ))}
      {wish.take && (
        <>
          {sources.length > 0 && <Choices sources={sources} wish={wish} onChange={onChange} />}
          {sources.map((source) => (
            <Source key={`${source.name} ${source.format}`} source={source} />
          ))}
          {more > 0 && <p className={styles.hint}>{t('annotations.more-sources', { n: numbers.count(more) })}</p>}
        </>
      )}
    </section>
  );
}

function Choices({
  sources,
  wish,
  onChange,
}: {
  sources: readonly InspectedSource[];
  wish: AnnotationWish;
  onChange: (wish: AnnotationWish) => void;
}): ReactElement {
  const { t } = useTranslation();
  const set = (change: Partial<ImportOptions>) => onChange({ ...wish, options: { ...wish.options, ...change } });
  // The file's own names: a mark before them keeps them apart from the choice of none.
  const fields = [...new Set([...sources.flatMap((source) => source.textFields), ...(wish.options.captionField === null ? [] : [wish.options.captionField])])];
  return (
    <div className={styles.choices}>
      <Select<AnnotationFormat | 'auto'>
        label={t('annotations.format-label')}
        value={wish.format ?? 'auto'}
        options={[
          { value: 'auto', text: t('annotations.format-auto') },
          ...annotationFormats.map((format) => ({ value: format, text: t(`annotations.format.${format}`) })),
        ]}
        onChange={(format) => onChange({ ...wish, format: format === 'auto' ? null : format })}
      />
      {(sources.some((source) => source.points > 0) || wish.options.points !== null) && (
        <Select<Unit | 'auto'>
          label={t('annotations.points-label')}
          value={wish.options.points ?? 'auto'}
          options={(['auto', ...units] as const).map((unit) => ({ value: unit, text: t(`annotations.unit.${unit}`) }))}
          onChange={(unit) => set({ points: unit === 'auto' ? null : unit })}
        />
      )}
      {sources.some((source) => source.format === 'chat') && (
        <Select<ImportOptions['text']>
          label={t('annotations.text-label')}
          value={wish.options.text}
          options={(['auto', 'captions', 'questions'] as const).map((text) => ({ value: text, text: t(`annotations.text-${text}`) }))}
          onChange={(text) => set({ text })}
        />
      )}
      {fields.length > 0 && (
        <Select<string>
          label={t('annotations.field-label')}
          value={wish.options.captionField === null ? 'auto' : `=${wish.options.captionField}`}
          options={[{ value: 'auto', text: t('annotations.field-auto') }, ...fields.map((field) => ({ value: `=${field}`, text: field }))]}
          onChange={(field) => set({ captionField: field === 'auto' ? null : field.slice(1) })}
        />
      )}
    </div>
  );
}

function Source({ source }: { source: InspectedSource }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const counts = t('annotations.counts', {
    captions: numbers.count(source.captions),
    questions: numbers.count(source.questions),
    labels: numbers.count(source.labels),
    points: numbers.count(source.points),
  });
  const { unit } = source;
  return (
    <article className={styles.source} aria-label={source.name}>
      <div className={styles.head}>
        <span className={styles.name}>{source.files > 1 ? t('annotations.files', { n: numbers.count(source.files), name: source.name }) : source.name}</span>
        <span className={styles.facts}>
          {t('annotations.recognised', { format: t(`annotations.format.${source.format}` as Key), because: t(`annotations.because.${source.because}` as Key) })}
        </span>
        <span className={styles.facts}>{source.isAll ? counts : t('annotations.counts-first', { rows: numbers.count(source.rows), counts })}</span>
        {unit !== null && (
          <span className={styles.facts}>
            {t('annotations.points-as', { unit: t(`annotations.unit.${unit.unit}` as Key), because: t(`annotations.unit-because.${unit.because}` as Key) })}
          </span>
        )}
        {source.reasons.map(({ reason, count }) => (
          <span key={reason} className={styles.facts}>
            {t('annotations.reason-count', { reason: t(`annotations.reason.${reason}` as Key), n: numbers.count(count) })}
          </span>
        ))}
      </div>
      <Samples samples={source.samples} />
    </article>
  );
}
