/** Everything, or some of a list that may be long: people, labels, abilities. */
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ExportDialog.module.css';

export interface PickManyProps {
  readonly label: string;
  /** What it means where nothing is picked. */
  readonly everything: string;
  /** What a choice means for the export. */
  readonly about: string;
  readonly choices: readonly { readonly value: string; readonly text: string; readonly count?: string }[];
  /** Null: everything. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: string[] | null) => void;
}
/** Below so many a search field is in the way. */
const SEARCHED = 8;

export function PickMany({ label, everything, about, choices, chosen, onChange }: PickManyProps): ReactElement {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const id = useId();
  const [isOpen, setOpen] = useState(chosen !== null);
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const all = [...choices, ...(chosen ?? []).filter((value) => !choices.some((choice) => choice.value === value)).map((value) => ({ value, text: value }))];
  const shown = all.filter(({ text }) => fold(text).includes(fold(words)));
  const toggle = (value: string, on: boolean) => {
    const next = on ? [...(chosen ?? []), value] : (chosen ?? []).filter((other) => other !== value);
    onChange(next.length === 0 ? null : next);
  };
  return (
    <div className={styles.group} role="group" aria-labelledby={id} data-pick>
      <div className={styles.line}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        <span className={styles.picked}>
          {chosen === null
            ? everything
            : all
                .filter(({ value }) => chosen.includes(value))
                .map(({ text }) => text)
                .join(', ')}
        </span>
        <Button
          variant="quiet"
          aria-expanded={isOpen}
          isDisabled={all.length === 0}
          onPress={() => {
            if (isOpen) onChange(null);
            setOpen(!isOpen);
          }}
        >
          {t(isOpen ? 'export.pick-all' : 'export.pick-some')}
        </Button>
      </div>
      {isOpen ? (
        <>
          {all.length > SEARCHED ? (
            <TextField
              aria-label={t('export.pick-search', { what: label })}
              placeholder={t('export.pick-search', { what: label })}
              value={words}
              onChange={setWords}
            />
          ) : null}
          <div className={styles.picks}>
            {shown.map(({ value, text, ...choice }) => (
              <Checkbox key={value} isSelected={chosen?.includes(value) ?? false} onChange={(on) => toggle(value, on)}>
                {text} {'count' in choice ? <span className={styles.second}>{choice.count}</span> : null}
              </Checkbox>
            ))}
          </div>
          <span className={styles.second}>{about}</span>
        </>
      ) : null}
    </div>
  );
}
