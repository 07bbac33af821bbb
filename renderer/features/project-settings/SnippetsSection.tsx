/** Short keys that turn into phrases while one types. */
import { Plus, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsSchema, type Snippet } from '../../../shared/domain/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

const isKey = (key: string): boolean => settingsSchema.shape.snippets.safeParse([{ key, text: 'x' }]).success;

export function SnippetsSection({ settings, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const { snippets } = settings;
  const put = (next: Snippet[]) => change({ snippets: next });
  const set = (at: number, part: Partial<Snippet>) => put(snippets.map((entry, index) => (index === at ? { ...entry, ...part } : entry)));
  const twice = (key: string, at: number) => key !== '' && snippets.findIndex((entry) => entry.key === key) !== at;
  const problem = ({ key }: Snippet, at: number) => {
    if (key !== '' && !isKey(key)) return t('project-settings.snippets.bad-key');
    return twice(key, at) ? t('project-settings.snippets.twice') : null;
  };
  return (
    <>
      <p className={styles.hint}>{t('project-settings.snippets.about')}</p>
      <ul className={styles.list}>
        {snippets.map((entry, index) => (
          <li key={index}>
            <div className={styles.row}>
              <div className={styles.narrow}>
                <TextField
                  aria-label={t('project-settings.snippets.key', { number: index + 1 })}
                  placeholder={t('project-settings.snippets.key-example')}
                  value={entry.key}
                  maxLength={20}
                  isInvalid={problem(entry, index) !== null}
                  onChange={(key) => set(index, { key })}
                />
              </div>
              <div className={styles.grow}>
                <TextField
                  aria-label={t('project-settings.snippets.text', { number: index + 1 })}
                  placeholder={t('project-settings.snippets.text-example')}
                  value={entry.text}
                  maxLength={2000}
                  isInvalid={entry.text === '' && entry.key !== ''}
                  onChange={(text) => set(index, { text })}
                />
              </div>
              <IconButton label={t('project-settings.snippets.delete', { number: index + 1 })} onPress={() => put(snippets.filter((_, at) => at !== index))}>
                <Trash2 size={15} aria-hidden />
              </IconButton>
            </div>
            {problem(entry, index) ? (
              <p className={styles.warn} role="status">
                {problem(entry, index)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        <Button isDisabled={snippets.length >= 500} onPress={() => put([...snippets, { key: '', text: '' }])}>
          <Plus size={14} aria-hidden />
          {t('project-settings.snippets.add')}
        </Button>
      </div>
    </>
  );
}
