import type { ReactElement } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './ChoiceCards.module.css';

export interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly title: string; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few where each needs a sentence to choose by. */
export function ChoiceCards<Value extends string>({ label, value, choices, onChange }: ChoiceCardsProps<Value>): ReactElement {
  return (
    <RadioGroup className={styles.group!} value={value} onChange={(chosen) => onChange(chosen as Value)}>
      <Label className={styles.label!}>{label}</Label>
      <div className={styles.cards}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles.card!} aria-label={`${choice.title}. ${choice.text}`}>
            <span className={styles.mark} aria-hidden="true" />
            <span>
              <span className={styles.title}>{choice.title}</span>
              <span className={styles.text}>{choice.text}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
