/** Text and labels beside the image: three tabs, one quiet line, and what comes next. */
import { memo, type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Doc, statusOf } from '../../../shared/domain/model.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import { isInline } from '../../../shared/domain/point-mark.ts';
import { errorSentence } from '../../ui/errors.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { pointsBySet } from '../../stores/editor/points-by-set.ts';
import { skipReasonText } from '../../ui/skip-reason.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { CaptionTab } from './CaptionTab.tsx';
import { useAnnotate, useEditor } from './context.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { PointsTab } from './PointsTab.tsx';
import { QuestionsTab } from './QuestionsTab.tsx';
import { screenStore, setScreen, useScreen } from './screen-state.ts';
import styles from './SidePanel.module.css';
import { SnippetPicker } from './SnippetPicker.tsx';
import { ReviewPart } from './review/ReviewPart.tsx';
import { SkipBox } from './SkipBox.tsx';
import { TemplatePicker } from './TemplatePicker.tsx';
import { tidy } from './tidy.ts';

/** Points of labels, without those in answers. */
function labelPoints(doc: Doc): number {
  const inline = doc.pointSet.filter(isInline);
  if (inline.length === 0) return doc.point.length;
  const points = pointsBySet(doc.point);
  return doc.point.length - inline.reduce((sum, set) => sum + (points.get(set.id)?.length ?? 0), 0);
}

const counts = {
  caption: (doc: Doc) => doc.caption.filter((row) => row.text.trim() !== '').length,
  questions: (doc: Doc) => doc.turn.filter((row) => row.role === 'question').length,
  points: labelPoints,
};

/** Follows its count by itself: with a click on the image these digits change, not the panel. */
function TabCount({ of }: { of: keyof typeof counts }): ReactElement {
  return <>{useEditor((state) => counts[of](state.doc))}</>;
}

export const SidePanel = memo(function SidePanel({ imageId, next }: { imageId: string; next: () => Promise<void> }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const tab = useScreen((state) => state.tab);
  const status = useEditor((state) => (state.imageId === imageId ? state.status : 'loading'));
  const loadError = useEditor((state) => state.loadError);
  if (status === 'failed' && loadError) {
    return (
      <div className={styles.panel} role="alert">
        <EmptyState action={<Button onPress={() => editor.retry()}>{t('app.try-again')}</Button>}>{errorSentence(loadError)}</EmptyState>
      </div>
    );
  }
  return (
    <div className={styles.panel} data-annotate-panel>
      <div className={styles.tabs} inert={status !== 'ready'}>
        <Tabs
          label={t('annotate.tabs')}
          selected={tab}
          onSelect={(next) => {
            // Also called when the tab was changed by a key, for what is shown already.
            if (next === screenStore.getState().tab) return;
            tidy(editor, me);
            setScreen({ tab: next });
          }}
          tabs={[
            { id: 'caption', title: t('annotate.caption.title'), count: <TabCount of="caption" />, content: <CaptionTab /> },
            { id: 'questions', title: t('annotate.questions.title'), count: <TabCount of="questions" />, content: <QuestionsTab /> },
            { id: 'points', title: t('annotate.points.title'), count: <TabCount of="points" />, content: <PointsTab /> },
          ]}
        />
      </div>
      {status === 'ready' ? <ReviewPart next={next} /> : null}
      <NoticeLine />
      <SnippetPicker />
      <TemplatePicker />
      <Foot />
    </div>
  );
});

function Foot(): ReactElement {
  const { t } = useTranslation();
  const state = useEditor(({ doc }) => stateOf(doc));
  const skipped = useEditor(({ doc }) => statusOf(doc).skipped);
  const skip = useRef<HTMLSpanElement>(null);
  return (
    <footer className={styles.foot}>
      <span className={styles.where}>
        <span
          className={styles.state}
          data-state={skipped === undefined ? state : 'skipped'}
          title={skipped === undefined ? undefined : skipReasonText(skipped, t)}
        >
          <span className={styles.dot} aria-hidden="true" />
          {skipped === undefined ? t(`annotate.state.${state}`) : t('skip.skipped')}
        </span>
      </span>
      <span className={styles.space} />
      <span ref={skip}>
        <CommandButton of="image.skip" />
      </span>
      <SkipBox beside={skip} />
      <CommandButton of="image.submit" variant="primary" />
    </footer>
  );
}
