/** Questions that people choose from, and what questions are sorted by. */
import { FileUp } from 'lucide-react';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsSchema } from '../../../shared/domain/settings.ts';
import { readQuestionList } from '../../../shared/text/question-list.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
/** Lists are of lines; a file larger than this is something else. */
const MOST_BYTES = 5_000_000;

export function QuestionsSection({ settings, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Lines
        label={t('project-settings.questions.templates')}
        hint={t('project-settings.questions.templates-about')}
        initial={settings.questionTemplates}
        isInvalid={!settingsSchema.shape.questionTemplates.safeParse(settings.questionTemplates).success}
        onChange={(questionTemplates) => change({ questionTemplates })}
        withFile
      />
      <Lines
        label={t('project-settings.questions.abilities')}
        hint={t('project-settings.questions.abilities-about')}
        initial={settings.moreAbilities}
        isInvalid={!settingsSchema.shape.moreAbilities.safeParse(settings.moreAbilities).success}
        onChange={(moreAbilities) => change({ moreAbilities })}
      />
    </>
  );
}

interface LinesProps {
  readonly label: string;
  readonly hint: string;
  readonly initial: readonly string[];
  readonly isInvalid: boolean;
  readonly onChange: (lines: string[]) => void;
  /** Also takes a file, or a pasted table or JSON. */
  readonly withFile?: boolean;
}

/** A list, one entry a line. The text is the person's until it is saved; the list follows it. */
export function Lines({ label, hint, initial, isInvalid, onChange, withFile = false }: LinesProps): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState(() => initial.join('\n'));
  const [added, setAdded] = useState<number | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const put = (next: string) => {
    setText(next);
    onChange(lines(next));
  };
  const take = async (picked: File | undefined) => {
    if (!picked || picked.size > MOST_BYTES) return setAdded(0);
    const now = lines(text);
    const known = new Set(now);
    const fresh = readQuestionList(await picked.text(), picked.name).filter((line) => !known.has(line));
    put([...now, ...fresh].join('\n'));
    setAdded(fresh.length);
  };
  return (
    <>
      <label className={styles.label}>
        {label}
        <textarea
          className={styles.area}
          rows={6}
          aria-invalid={isInvalid}
          value={text}
          spellCheck={false}
          onChange={(event) => put(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain');
            const read = withFile ? readQuestionList(pasted) : null;
            // Plain lines go in as the field would put them; a table or JSON is read first.
            if (!read || read.join('\n') === lines(pasted).join('\n')) return;
            event.preventDefault();
            const { selectionStart, selectionEnd } = event.currentTarget;
            put(text.slice(0, selectionStart) + read.join('\n') + text.slice(selectionEnd));
          }}
        />
      </label>
      <p className={styles.hint}>{hint}</p>
      {withFile ? (
        <div className={styles.row}>
          <input
            ref={file}
            type="file"
            hidden
            accept=".txt,.csv,.tsv,.json,.jsonl,text/plain,text/csv,application/json"
            aria-label={t('project-settings.questions.import')}
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
          <Button onPress={() => file.current?.click()}>
            <FileUp size={14} aria-hidden />
            {t('project-settings.questions.import')}
          </Button>
          {added === null ? null : (
            <p className={styles.hint} role="status">
              {t('project-settings.questions.imported', { count: added })}
            </p>
          )}
        </div>
      ) : null}
    </>
  );
}
