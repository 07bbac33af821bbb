/** The text that a program read in the image: a chip for each line. Hovering or focusing one outlines it in the image; pressing it writes it at the caret. */
import { Copy, ScanText } from 'lucide-react';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Toolbar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ReadLine } from '../../../shared/domain/reading.ts';
import { Keys } from '../../commands/Keys.tsx';
import { useCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { copyText } from '../../ui/clipboard.ts';
import { errorSentence } from '../../ui/errors.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useAnnotate } from './context.ts';
import { useProjectSettings } from './project-settings.ts';
import { setScreen } from './screen-state.ts';
import { insertInto, type Target, writingTarget } from './insert-text.ts';
import styles from './ReadLines.module.css';

export interface ReadLinesProps {
  readonly imageId: string;
  /** The caption or answer that the words go into. */
  readonly rowId: string;
}
/** More are shown when asked for: a page of print would push the guide off the screen. */
const SHOWN = 8;

export function ReadLines({ imageId, rowId }: ReadLinesProps): ReactElement | null {
  const { t } = useTranslation();
  const { reading } = useProjectSettings();
  const { data, error, isLoading } = useQueryMethod('reading.lines', { imageId }, { enabled: reading.enabled && imageId !== '', retry: false });
  if (!reading.enabled || data?.status === 'off' || data?.status === 'no-image') return null;
  const problem = error ? errorSentence(error) : data?.status === 'unavailable' ? t('reading.absent') : null;
  const lines = data?.status === 'read' ? data.lines : [];
  return (
    <section
      className={styles.reading}
      aria-label={t('reading.title')}
      data-testid="read-lines"
      data-state={data?.status ?? (isLoading ? 'reading' : 'failed')}
    >
      <h2 className={styles.title}>
        <ScanText size={14} aria-hidden />
        {t('reading.title')}
        {lines.length > 0 ? <Keys of="reading.insert" /> : null}
      </h2>
      {isLoading ? (
        <p className={styles.note} role="status">
          {t('reading.under-way')}
        </p>
      ) : problem ? (
        <p className={styles.note}>{problem}</p>
      ) : lines.length === 0 ? (
        <p className={styles.note}>{t('reading.none')}</p>
      ) : (
        <Chips key={imageId} lines={lines} rowId={rowId} />
      )}
    </section>
  );
}

function Chips({ lines, rowId }: { lines: readonly ReadLine[]; rowId: string }): ReactElement {
  const { t } = useTranslation();
  const { editor, fields } = useAnnotate();
  const [all, setAll] = useState(false);
  const [copied, setCopied] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const target = useTarget(rowId);
  const outline = useOutline();
  const copy = async () => setCopied(await copyText(lines.map(({ text }) => text).join('\n')));
  const insert = (text: string) => {
    const field = fields.get(rowId);
    const into = target.current ?? (field ? { field, range: null } : null);
    if (into) insertInto(editor, into, text);
  };
  useCommands(
    [
      {
        id: 'reading.insert',
        title: 'reading.command',
        section: 'caption',
        keys: ['Alt+KeyR'],
        inText: true,
        run: () => list.current?.querySelector('button')?.focus(),
      },
    ],
    [],
  );
  const shown = all ? lines : lines.slice(0, SHOWN);
  return (
    <div ref={list} className={styles.body}>
      <Toolbar aria-label={t('reading.lines')} className={styles.chips!}>
        {shown.map((line, index) => (
          <AriaButton
            key={index}
            className={styles.chip!}
            onHoverChange={(over) => outline('hover', over ? line : null)}
            onFocusChange={(has) => outline('focus', has ? line : null)}
            onPress={() => insert(line.text)}
          >
            {line.text}
            <VisuallyHidden>{t('reading.score', { percent: Math.round(line.score * 100) })}</VisuallyHidden>
          </AriaButton>
        ))}
      </Toolbar>
      <div className={styles.foot}>
        <p className={styles.note}>{t('reading.about')}</p>
        {lines.length > SHOWN ? (
          <Button variant="quiet" aria-expanded={all} onPress={() => setAll(!all)}>
            {all ? t('reading.fewer') : t('reading.more', { count: lines.length - SHOWN })}
          </Button>
        ) : null}
        <IconButton label={t(copied ? 'reading.copied' : 'reading.copy')} onPress={() => void copy()}>
          <Copy size={15} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

/** Where the caret was last in this field: pressing a chip takes it away. */
function useTarget(rowId: string): { readonly current: Target | null } {
  const target = useRef<Target | null>(null);
  useEffect(() => {
    target.current = null;
    const note = () => {
      const now = writingTarget();
      if (now?.field.dataset['row'] === rowId) target.current = now;
    };
    document.addEventListener('selectionchange', note);
    return () => document.removeEventListener('selectionchange', note);
  }, [rowId]);
  return target;
}

/** Outlines the line under the cursor, else the one with the focus. It goes to the canvas without React. */
function useOutline(): (why: 'hover' | 'focus', line: ReadLine | null) => void {
  const lines = useRef<{ hover: ReadLine | null; focus: ReadLine | null }>({ hover: null, focus: null });
  useEffect(() => () => setScreen({ outlines: [] }), []);
  return (why, line) => {
    lines.current[why] = line;
    const shown = lines.current.hover ?? lines.current.focus;
    setScreen({ outlines: shown ? [shown.corners] : [] });
  };
}
