/** Why work is returned: what reviewers choose from, in both languages. Codes stay, so that counts go on when the words change. */
import { ArrowUp, Plus, RotateCcw, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { editableReasons, newReasonCode, type ReturnReason } from '../../../shared/domain/return-reasons.ts';
import { defaultReasonText } from '../../queries/return-reasons.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

const MOST = 60;
const LANGUAGES = ['en', 'ja'] as const;

export function ReasonsSection({ settings, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const reasons = editableReasons(settings.returnReasons, defaultReasonText);
  const put = (next: readonly ReturnReason[]) => change({ returnReasons: [...next] });
  const set = (code: string, part: Partial<ReturnReason>) => put(reasons.map((reason) => (reason.code === code ? { ...reason, ...part } : reason)));
  const offered = reasons.filter(({ retired }) => !retired);
  const retired = reasons.filter((reason) => reason.retired);
  const up = (code: string) => {
    const at = offered.findIndex((reason) => reason.code === code);
    const moved = [...offered];
    moved.splice(at - 1, 2, offered[at]!, offered[at - 1]!);
    put([...moved, ...retired]);
  };
  // One that has no words yet was never used: it goes for good.
  const drop = (reason: ReturnReason) =>
    reason.en === '' && reason.ja === '' ? put(reasons.filter(({ code }) => code !== reason.code)) : set(reason.code, { retired: true });
  const add = () =>
    put([
      ...offered,
      {
        code: newReasonCode(
          '',
          reasons.map(({ code }) => code),
        ),
        en: '',
        ja: '',
        retired: false,
      },
      ...retired,
    ]);
  return (
    <>
      <p className={styles.hint}>{t('project-settings.reasons.about')}</p>
      <ol className={styles.list}>
        {offered.map((reason, index) => (
          <li key={reason.code} className={styles.row}>
            {LANGUAGES.map((language) => (
              <div key={language} className={styles.grow}>
                <TextField
                  aria-label={t(`project-settings.reasons.${language}`, { number: index + 1 })}
                  placeholder={t(`project-settings.reasons.${language}-example`)}
                  value={reason[language]}
                  maxLength={120}
                  isInvalid={reason.en === '' && reason.ja === ''}
                  onChange={(text) => set(reason.code, { [language]: text })}
                />
              </div>
            ))}
            <IconButton label={t('project-settings.reasons.up', { number: index + 1 })} isDisabled={index === 0} onPress={() => up(reason.code)}>
              <ArrowUp size={15} aria-hidden />
            </IconButton>
            <IconButton label={t('project-settings.reasons.drop', { number: index + 1 })} isDisabled={offered.length === 1} onPress={() => drop(reason)}>
              <Trash2 size={15} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <div className={styles.row}>
        <Button isDisabled={reasons.length >= MOST} onPress={add}>
          <Plus size={14} aria-hidden />
          {t('project-settings.reasons.add')}
        </Button>
        {settings.returnReasons === null ? null : (
          <Button variant="quiet" onPress={() => change({ returnReasons: null })}>
            {t('project-settings.reasons.defaults')}
          </Button>
        )}
      </div>
      {retired.length > 0 ? (
        <>
          <h3 className={styles.heading}>{t('project-settings.reasons.retired')}</h3>
          <ul className={styles.list}>
            {retired.map((reason) => (
              <li key={reason.code} className={styles.row}>
                <span className={styles.grow}>{[reason.en, reason.ja].filter((text) => text !== '').join(' · ')}</span>
                <IconButton label={t('project-settings.reasons.back', { reason: reason.en || reason.ja })} onPress={() => set(reason.code, { retired: false })}>
                  <RotateCcw size={15} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
