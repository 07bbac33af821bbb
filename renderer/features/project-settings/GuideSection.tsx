/** What a caption is to answer, and how long it is to be. */
import { Plus, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type GuideCheck, guideChecks, type GuideQuestion, settingsSchema } from '../../../shared/domain/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

const MOST_QUESTIONS = 12;

export function GuideSection({ settings, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const pixmo = guideChecks.map((check): GuideQuestion => ({ question: t(`guide.question.${check}`), short: t(`guide.short.${check}`), check }));
  const questions = settings.guide ?? pixmo;
  const put = (guide: GuideQuestion[]) => change({ guide });
  const set = (at: number, part: Partial<GuideQuestion>) => put(questions.map((entry, index) => (index === at ? { ...entry, ...part } : entry)));
  return (
    <>
      <Targets settings={settings} change={change} />
      <h3 className={styles.heading}>{t('project-settings.guide.questions')}</h3>
      <p className={styles.hint}>{t('project-settings.guide.about')}</p>
      <ol className={styles.list}>
        {questions.map((entry, index) => (
          // Questions have no name of their own: their place is what they are known by while they are edited.
          <li key={index} className={styles.row}>
            <div className={styles.grow}>
              <TextField
                aria-label={t('project-settings.guide.question', { number: index + 1 })}
                value={entry.question}
                maxLength={200}
                isInvalid={entry.question.trim() === ''}
                onChange={(question) => set(index, { question })}
              />
            </div>
            <div className={styles.narrow}>
              <TextField
                aria-label={t('project-settings.guide.short', { number: index + 1 })}
                value={entry.short}
                maxLength={60}
                isInvalid={entry.short.trim() === ''}
                onChange={(short) => set(index, { short })}
              />
            </div>
            <CheckSelect value={entry.check} number={index + 1} onChange={(check) => set(index, { check })} />
            <IconButton
              label={t('project-settings.guide.delete', { number: index + 1 })}
              isDisabled={questions.length === 1}
              onPress={() => put(questions.filter((_, at) => at !== index))}
            >
              <Trash2 size={15} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <div className={styles.row}>
        <Button isDisabled={questions.length >= MOST_QUESTIONS} onPress={() => put([...questions, { question: '', short: '', check: null }])}>
          <Plus size={14} aria-hidden />
          {t('project-settings.guide.add')}
        </Button>
        <Button variant="quiet" isDisabled={settings.guide === null} onPress={() => change({ guide: null })}>
          {t('project-settings.guide.reset')}
        </Button>
      </div>
    </>
  );
}

function CheckSelect({ value, number, onChange }: { value: GuideCheck | null; number: number; onChange: (check: GuideCheck | null) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.select}>
      <Select
        label={t('project-settings.guide.check', { number })}
        labelHidden
        value={value ?? 'none'}
        options={[
          ...guideChecks.map((check) => ({ value: check, text: t(`guide.checks.${check}`) })),
          { value: 'none' as const, text: t('project-settings.guide.no-check') },
        ]}
        onChange={(check) => onChange(check === 'none' ? null : check)}
      />
    </div>
  );
}

function Targets({ settings, change }: Omit<SectionProps, 'isChanged'>): ReactElement {
  const { t } = useTranslation();
  const number = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : text.trim() === '' ? 0 : null);
  const field = (key: 'wordTarget' | 'secondsTarget') => (
    <div className={styles.narrow}>
      <TextField
        label={t(`project-settings.guide.${key === 'wordTarget' ? 'words' : 'seconds'}`)}
        inputMode="numeric"
        value={settings[key] === 0 ? '' : String(settings[key])}
        isInvalid={!settingsSchema.shape[key].safeParse(settings[key]).success}
        onChange={(text) => {
          const value = number(text);
          if (value !== null) change({ [key]: value });
        }}
      />
    </div>
  );
  return (
    <div className={styles.row}>
      {field('wordTarget')}
      {field('secondsTarget')}
      <p className={styles.hint}>{t('project-settings.guide.targets-about')}</p>
    </div>
  );
}
