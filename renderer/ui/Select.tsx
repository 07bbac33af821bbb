import { Check, ChevronDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import field from './Field.module.css';
import styles from './Select.module.css';

export interface SelectProps<Value extends string> {
  /** Shown above, or read out only where `labelHidden`. */
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}

/** One of a few. */
export function Select<Value extends string>({ label, labelHidden = false, value, options, onChange, isDisabled = false }: SelectProps<Value>): ReactElement {
  return (
    <AriaSelect
      className={field.field!}
      selectedKey={value}
      isDisabled={isDisabled}
      onSelectionChange={(key) => onChange(key as Value)}
      {...(labelHidden ? { 'aria-label': label } : {})}
    >
      {labelHidden ? null : <Label className={field.label!}>{label}</Label>}
      <Button className={styles.button!}>
        <SelectValue className={styles.value!} />
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <Popover className={styles.popover!} offset={4}>
        <ListBox className={styles.list!} items={options.map((option) => ({ id: option.value, text: option.text }))}>
          {(option) => (
            <ListBoxItem className={styles.option!} textValue={option.text}>
              {({ isSelected }) => (
                <>
                  <span>{option.text}</span>
                  {isSelected ? <Check size={14} aria-hidden="true" /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
