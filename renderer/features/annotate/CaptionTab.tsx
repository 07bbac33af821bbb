/** Captions: the person's own one in a large field, more of their own below it, those of others to read. */
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { addCaption, removeCaption } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { countWords } from '../../../shared/text/count.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Keys } from '../../commands/Keys.tsx';
import { useCommands } from '../../commands/registry.ts';
import { useAnnotate, useEditor } from './context.ts';
import styles from './CaptionTab.module.css';
import { useWorkFocus } from './use-work-focus.ts';
import { WriteField } from './WriteField.tsx';

/** Words that a dense caption is meant to have; PixMo's have 196 on average. */
const TARGET_WORDS = 150;

export function CaptionTab(): ReactElement {
  const { t } = useTranslation();
  useWorkFocus('caption');
  const { editor, me, fields } = useAnnotate();
  const imageId = useEditor((state) => state.imageId);
  const mine = useEditor(useShallow((state) => state.doc.caption.filter((row) => row.authorId === me).map((row) => row.id)));
  const others = useEditor(useShallow((state) => state.doc.caption.filter((row) => row.authorId !== me && row.text.trim() !== '')));
  const status = useEditor((state) => state.status);
  // The field of a caption that is not there yet. It keeps its id when the first key makes the row.
  const [extra, setExtra] = useState<{ imageId: string | null; id: string } | null>(null);
  const none = mine.length === 0;
  const first = useMemo(() => ({ imageId, none, id: newId() }), [imageId, none]);
  const shown = none ? [first.id] : [...mine];
  if (extra?.imageId === imageId && !shown.includes(extra.id)) shown.push(extra.id);
  const another = () => {
    const id = newId();
    setExtra({ imageId, id });
    fields.focus(id, 0);
  };
  useCommands(
    [{ id: 'caption.another', title: 'annotate.command.another-caption', section: 'caption', keys: ['$mod+Shift+Enter'], inText: true, run: another }],
    [imageId],
  );
  return (
    <div className={styles.tab} data-work="caption">
      {shown.map((id, index) => (
        <OwnCaption key={id} id={id} number={shown.length > 1 ? index + 1 : null} disabled={status !== 'ready' || me === null} />
      ))}
      {mine.length > 0 ? (
        <div className={styles.more}>
          <Button variant="quiet" onPress={another}>
            {t('annotate.caption.another')}
            <Keys of="caption.another" />
          </Button>
        </div>
      ) : null}
      {others.length > 0 ? <OthersCaptions rows={others} /> : null}
      <LeaveEmpty editor={editor} />
    </div>
  );
}

/** What is typed last is committed when the tab goes away. */
function LeaveEmpty({ editor }: { editor: ReturnType<typeof useAnnotate>['editor'] }): null {
  useEffect(() => () => editor.commitTyping(), [editor]);
  return null;
}

function OwnCaption({ id, number, disabled }: { id: string; number: number | null; disabled: boolean }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const words = useRef<HTMLElement>(null);
  const characters = useRef<HTMLElement>(null);
  const count = (text: string) => {
    if (words.current) {
      const number = countWords(text);
      words.current.textContent = String(number);
      words.current.dataset['enough'] = String(number >= TARGET_WORDS);
    }
    if (characters.current) characters.current.textContent = t('annotate.caption.characters', { count: text.length });
  };
  const leave = () => {
    editor.commitTyping();
    const row = editor.store.getState().doc.caption.find((caption) => caption.id === id);
    if (row && row.text.trim() === '') editor.dispatch(removeCaption(editor.store.getState().doc, id), { join: true });
  };
  return (
    <section className={styles.caption} onBlur={leave}>
      <WriteField
        kind="caption"
        id={id}
        tall
        label={number === null ? t('annotate.caption.label') : t('annotate.caption.label-number', { number })}
        placeholder={disabled ? '' : t('annotate.caption.placeholder')}
        create={(text) => me && editor.dispatch(addCaption(me, text, id), { group: editor.typingGroup('caption', id) })}
        onText={count}
      />
      <p className={styles.counts}>
        <span>
          <b ref={words} className={styles.words} data-words>
            0
          </b>{' '}
          {t('annotate.caption.of-words', { count: TARGET_WORDS })}
        </span>
        <span ref={characters} />
      </p>
    </section>
  );
}

function OthersCaptions({ rows }: { rows: readonly { readonly id: string; readonly authorId: string; readonly text: string }[] }): ReactElement {
  const { t } = useTranslation();
  const people = useQueryMethod('people.list', {});
  return (
    <section className={styles.others}>
      <h2 className={styles.heading}>{t('annotate.caption.others')}</h2>
      {rows.map((row) => (
        <figure key={row.id} className={styles.other}>
          <figcaption>{people.data?.find((person) => person.id === row.authorId)?.name ?? t('annotate.caption.somebody')}</figcaption>
          <p data-selectable>{row.text}</p>
        </figure>
      ))}
    </section>
  );
}
