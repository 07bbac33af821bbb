/** Captions: the person's own, one of them open, and those of others to read. Nothing here writes into a caption that stands there but a person's act. */
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { newId } from '../../../shared/domain/ids.ts';
import { Keys } from '../../commands/Keys.tsx';
import { useCommand, useCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { openHistory } from '../../stores/history.ts';
import { Button } from '../../ui/Button.tsx';
import { ClosedCaption, OpenCaption } from './caption/OwnCaption.tsx';
import styles from './CaptionTab.module.css';
import { useAnnotate, useEditor } from './context.ts';
import { FindingLines } from './findings/FindingLines.tsx';
import { Receipt } from './findings/Receipt.tsx';
import { screenStore, setScreen, useScreen } from './screen-state.ts';
import { useWorkFocus } from './use-work-focus.ts';

export function CaptionTab(): ReactElement {
  const { t } = useTranslation();
  useWorkFocus('caption');
  const { editor, me, fields } = useAnnotate();
  const imageId = useEditor((state) => state.imageId);
  const mine = useEditor(useShallow((state) => state.doc.caption.filter((row) => row.authorId === me).map((row) => row.id)));
  const others = useEditor(useShallow((state) => state.doc.caption.filter((row) => row.authorId !== me && row.text.trim() !== '')));
  const status = useEditor((state) => state.status);
  const wanted = useScreen((state) => state.openCaption);
  // The field of a caption that is not there yet. It keeps its id when the first key makes the row.
  const [extra, setExtra] = useState<{ imageId: string | null; id: string } | null>(null);
  const none = mine.length === 0;
  const first = useMemo(() => ({ imageId, none, id: newId() }), [imageId, none]);
  const shown = none ? [first.id] : [...mine];
  if (extra?.imageId === imageId && !shown.includes(extra.id) && wanted === extra.id) shown.push(extra.id);
  const openId = wanted !== null && shown.includes(wanted) ? wanted : shown[0]!;
  const open = (id: string, caret: number | null) => {
    editor.commitTyping();
    setScreen({ openCaption: id });
    fields.focus(id, caret);
  };
  const another = () => {
    const id = newId();
    setExtra({ imageId, id });
    open(id, 0);
  };
  useCommands(
    [
      { id: 'caption.another', title: 'annotate.command.another-caption', section: 'caption', keys: ['$mod+Shift+Enter'], inText: true, run: another },
      {
        id: 'caption.guide',
        title: 'guide.command',
        section: 'caption',
        keys: ['Alt+KeyG'],
        inText: true,
        run: () => setScreen({ guideInFull: !screenStore.getState().guideInFull }),
      },
    ],
    [imageId],
  );
  return (
    <div className={styles.tab} data-work="caption">
      {shown.map((id, index) =>
        id === openId ? (
          <OpenCaption
            key={id}
            id={id}
            imageId={imageId ?? ''}
            number={shown.length > 1 ? index + 1 : null}
            disabled={status !== 'ready' || me === null}
            receipt={<Receipt id={id} />}
            findings={<FindingLines of={[id]} imageToo />}
          />
        ) : (
          <ClosedCaption key={id} id={id} number={index + 1} onOpen={() => open(id, null)} />
        ),
      )}
      {mine.length > 0 ? (
        <div className={styles.more}>
          <Button variant="quiet" onPress={another}>
            {t('annotate.caption.another')}
            <Keys of="caption.another" />
          </Button>
          <HistoryButton captionId={openId} />
        </div>
      ) : null}
      {others.length > 0 ? <OthersCaptions rows={others} /> : null}
      <LeaveEmpty editor={editor} />
    </div>
  );
}

/** Every revision of one caption. */
function HistoryButton({ captionId }: { captionId: string }): ReactElement | null {
  const { t } = useTranslation();
  const exists = useCommand('image.history') !== undefined;
  if (!exists) return null;
  return (
    <Button variant="quiet" onPress={() => openHistory({ captionId })}>
      {t('facts.history')}
    </Button>
  );
}

/** What is typed last is committed when the tab goes away. */
function LeaveEmpty({ editor }: { editor: ReturnType<typeof useAnnotate>['editor'] }): null {
  useEffect(() => () => editor.commitTyping(), [editor]);
  return null;
}

function OthersCaptions({ rows }: { rows: readonly { readonly id: string; readonly authorId: string; readonly text: string }[] }): ReactElement {
  const { t } = useTranslation();
  const people = useQueryMethod('people.list', {});
  return (
    <section className={styles.others}>
      <h2 className={styles.heading}>{t('annotate.caption.others')}</h2>
      {rows.map((row) => (
        <figure key={row.id} className={styles.other} data-caption={row.id}>
          <figcaption>
            {people.data?.find((person) => person.id === row.authorId)?.name ?? t('annotate.caption.somebody')}
            <HistoryButton captionId={row.id} />
          </figcaption>
          <p data-selectable>{row.text}</p>
        </figure>
      ))}
    </section>
  );
}
