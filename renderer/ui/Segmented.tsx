import type { ReactElement, ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './Segmented.module.css';

export interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly items: readonly { readonly id: Id; readonly text: ReactNode; readonly name?: string; readonly keys?: ReactNode; readonly isDisabled?: boolean }[];
  /** On the stage, above the image. */
  readonly floating?: boolean;
}

/** A switch between a few tools or views, each with its key cap. Arrow keys move in it, Tab leaves it. */
export function Segmented<Id extends string>({ label, selected, onSelect, items, floating = false }: SegmentedProps<Id>): ReactElement {
  return (
    <ToggleButtonGroup
      className={styles.group!}
      data-raised={floating || undefined}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(keys) => {
        const [id] = keys;
        if (id !== undefined) onSelect(id as Id);
      }}
    >
      {items.map((item) => (
        <ToggleButton
          key={item.id}
          id={item.id}
          className={styles.item!}
          isDisabled={item.isDisabled ?? false}
          {...(item.name ? { 'aria-label': item.name } : {})}
        >
          {item.text}
          {item.keys}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
