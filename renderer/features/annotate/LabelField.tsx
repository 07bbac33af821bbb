/** Where a label is named: completes from the labels of the project and warns of one that is nearly there already. */
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_LABEL } from '../../../shared/domain/model.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { alikeLabel } from '../../../shared/text/label-form.ts';
import styles from './LabelField.module.css';

export interface LabelFieldProps {
  readonly start: string;
  /** Labels of this image, which are not offered. */
  readonly taken: readonly string[];
  /** `left`: by going elsewhere, where the focus shall stay. */
  readonly onDone: (label: string, left: boolean) => void;
  readonly onCancel: (left: boolean) => void;
}

/** Suggestions shown at once. */
const SHOWN = 8;

export function LabelField({ start, taken, onDone, onCancel }: LabelFieldProps): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState(start);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const warningId = useId();
  const { data: known = [] } = useQueryMethod('images.labels', {});
  const typed = text.trim().toLowerCase();
  const options = known.filter(({ label }) => !taken.includes(label) && label.toLowerCase().includes(typed) && label !== text).slice(0, SHOWN);
  const alike = alikeLabel(
    text,
    [...taken, ...known.map(({ label }) => label)].filter((label) => label !== start),
  );
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finished = useRef(false);
  const finish = (label: string | null, left = false) => {
    if (finished.current) return;
    finished.current = true;
    if (label === null || label.trim() === '') onCancel(left);
    else onDone(label, left);
  };
  const done = (label: string) => finish(label);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && options.length > 0) setAt((at + move + options.length + 1) % (options.length + 1));
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) done(options[at]?.label ?? text);
    else if (event.key === 'Tab' && !event.shiftKey && options.length > 0 && typed !== '') setText(options[Math.max(0, at)]!.label);
    else if (event.key === 'Escape') finish(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const active = at >= 0 && at < options.length ? `${listId}-${at}` : undefined;
  return (
    <div
      className={styles.box}
      onBlur={(event) => {
        // A name that was typed counts, also without Enter.
        if (!event.currentTarget.contains(event.relatedTarget)) finish(text === start ? null : text, true);
      }}
    >
      <input
        ref={input}
        className={styles.input}
        role="combobox"
        aria-label={t('annotate.points.label-field')}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-activedescendant={active}
        aria-autocomplete="list"
        aria-describedby={alike === null ? undefined : warningId}
        placeholder={t('annotate.points.label-placeholder')}
        value={text}
        maxLength={MAX_LABEL}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setAt(-1);
        }}
        onKeyDown={onKeyDown}
      />
      {alike !== null && at < 0 ? (
        <p id={warningId} role="status" className={styles.warning}>
          <span>{t('annotate.points.alike', { label: alike })}</span>
          <Button variant="quiet" onPress={() => done(alike)}>
            {t('annotate.points.use', { label: alike })}
          </Button>
        </p>
      ) : null}
      <ul id={listId} role="listbox" aria-label={t('annotate.points.known-labels')} className={styles.list} hidden={options.length === 0}>
        {options.map(({ label, images }, index) => (
          <li
            key={label}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onPointerDown={(event) => {
              event.preventDefault();
              done(label);
            }}
          >
            <span className={styles.label}>{label}</span>
            <span className={styles.images}>{t('annotate.points.in-images', { count: images })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
