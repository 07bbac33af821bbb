/** The screen a person works at: film strip, image, and the panel beside it. The image never scrolls away. */
import { type ReactElement, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { setSkipped } from '../../../shared/domain/authoring.ts';
import { setWorkState } from '../../../shared/domain/review.ts';
import type { ImageCard } from '../../../shared/domain/image.ts';
import { labelSets } from '../../../shared/domain/point-mark.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import { useCommands } from '../../commands/registry.ts';
import { type Host, useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useProject } from '../../queries/project.ts';
import type { ImageLists } from '../../queries/image-list.ts';
import { type FootHint, useChromeSlots } from '../../stores/chrome.ts';
import { setRestorer } from '../../stores/history.ts';
import { navigate, sessionStore, useSession } from '../../stores/session.ts';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './AnnotateScreen.module.css';
import { annotateCommands } from './commands.ts';
import { AnnotateContext, type Annotate, useAnnotate, useEditor } from './context.ts';
import { createFields } from './fields.ts';
import { useFindingCommands } from './findings/finding-commands.ts';
import { mayBeHandedIn } from './findings/hand-in.ts';
import { useFindingsOf } from './findings/use-findings.ts';
import { FilmStrip } from './FilmStrip.tsx';
import { type Order, useOrder } from './order.ts';
import { chooseLabel } from './point-actions.ts';
import { endPointing } from './pointing.ts';
import { useSuggestions } from './PointsTab.tsx';
import { shownProposals, useProposals } from './proposals/proposal-store.ts';
import { useProposalCommands } from './proposals/use-proposal-commands.ts';
import { resetReview } from './review/review-state.ts';
import { resetForImage, screenStore, setScreen, useScreen } from './screen-state.ts';
import { SidePanel } from './SidePanel.tsx';
import { StagePane } from './StagePane.tsx';
import { paintFirst } from './paint-first.ts';
import { sweepCommands } from './sweep-commands.ts';
import { tidy } from './tidy.ts';
import { firstField } from './use-work-focus.ts';
import { decodeNow } from './use-bitmap.ts';
import { usePlace } from './use-place.ts';
import { useQueueNote } from './use-queue-note.ts';
import { windowEditor } from './window-editor.ts';

/** Goes to an image. Where its card is at hand, it is read and decoded while React makes the screen, and painted first where it was decoded ahead. */
function openFrom(host: Host, lists: ImageLists, imageId: string, stage: Stage | null): void {
  const at = lists.find(imageId);
  const card = at < 0 ? undefined : lists.current().get(at);
  const open = () => navigate({ screen: 'annotate', imageId });
  const ready = card && !card.missing ? decodeNow(host, card) : null;
  const { route } = sessionStore.getState();
  const isOther = route.screen === 'annotate' && route.imageId !== imageId;
  if (ready && stage && isOther) paintFirst(stage, ready, open);
  else {
    void ready?.then((loaded) => loaded.release());
    open();
  }
}

export function AnnotateScreen({ imageId }: { readonly imageId: string }): ReactElement {
  const host = useHost();
  const editor = windowEditor(host);
  const { data: info } = useQueryMethod('app.info', {});
  const { data: project } = useProject();
  const filter = useSession((session) => session.filter);
  const me = info?.me.id ?? null;
  const fields = useMemo(createFields, []);
  const annotate = useMemo<Annotate>(() => ({ editor, host, me, fields }), [editor, host, me, fields]);
  const order = useOrder(host.client, project?.id ?? '', filter, imageId);
  const { data: card = order.card } = useQueryMethod('images.get', { imageId });
  const meRef = useRef(me);
  meRef.current = me;
  useEffect(() => {
    resetForImage();
    resetReview();
    void editor.open(imageId);
    // Before the next image opens, and when the screen is left: what was opened and left empty goes.
    return () => tidy(editor, meRef.current);
  }, [editor, imageId]);
  useEffect(() => () => editor.leave(), [editor]);
  useEffect(() => setRestorer((seq, captionId) => editor.restore(seq, captionId)), [editor]);
  useEffect(() => {
    if (project?.id) sessionStore.getState().set({ lastImage: { ...sessionStore.getState().lastImage, [project.id]: imageId } });
  }, [project?.id, imageId]);
  return (
    <AnnotateContext value={annotate}>
      <Body imageId={imageId} order={order} card={card} />
    </AnnotateContext>
  );
}

function Body({ imageId, order, card }: { imageId: string; order: Order; card: ImageCard | undefined }): ReactElement {
  const { t } = useTranslation();
  const { host } = useAnnotate();
  const stage = useRef<Stage>(null);
  const open = useCallback((id: string) => openFrom(host, order.lists, id, stage.current), [host, order.lists]);
  const box = useRef<HTMLDivElement>(null);
  const width = useSession((session) => session.panelWidth);
  const stripShown = useSession((session) => session.filmStripShown);
  const index = order.index ?? -1;
  const neighbours = useMemo(
    () => [index + 1, index - 1, index + 2].map((at) => (index < 0 ? undefined : order.list.get(at))).filter((other) => other !== undefined),
    [order.list, index],
  );
  const latest = useRef(order);
  latest.current = order;
  // Of the review: to what comes behind this image in the list, which may drop out of it by what was said.
  const next = useCallback(async () => {
    const beside = await latest.current.beside(1);
    if (beside) open(beside);
  }, [open]);
  useScreenCommands(order, card, stage, box, open);
  useProposalCommands(imageId, stage, box, open);
  usePlace(imageId);
  useFindingsOf(imageId);
  useFindingCommands();
  useChromeSlots({
    title: card ? card.name.slice(card.name.lastIndexOf('/') + 1) : null,
    position: useMemo(
      () => (order.index === null || order.list.total === null || !order.listed ? null : { index: order.index + 1, total: order.list.total }),
      [order.index, order.list.total, order.listed],
    ),
    foot: useFoot(),
    footNote: useQueueNote(),
  });
  return (
    <div className={styles.screen}>
      {stripShown ? <FilmStrip order={order} imageId={imageId} onOpen={open} /> : null}
      <div className={styles.work}>
        <SplitPane
          panel={<SidePanel imageId={imageId} next={next} />}
          width={width}
          onWidth={(panelWidth) => sessionStore.getState().set({ panelWidth })}
          label={t('app.panel-edge')}
        >
          <StagePane imageId={imageId} image={card} neighbours={neighbours} stage={stage} box={box} />
        </SplitPane>
      </div>
    </div>
  );
}

/** The five keys that matter now. */
function useFoot(): readonly (string | FootHint)[] {
  const { t } = useTranslation();
  const tab = useScreen((state) => state.tab);
  const tool = useScreen((state) => state.tool);
  const sweeping = useScreen((state) => state.sweep !== null);
  const proposing = useProposals((state) => shownProposals(state).length > 0);
  return useMemo(() => {
    const hint = (cap: 'click' | 'drag' | 'enter', text: 'place' | 'move-view' | 'move' | 'next-question'): FootHint => ({
      cap: t(`annotate.foot.${cap}`),
      text: t(`annotate.foot.${text}`),
    });
    if (tab === 'questions') return [hint('enter', 'next-question'), 'questions.follow-up', 'edit.undo', 'image.submit', 'image.next'];
    if (sweeping) return ['sweep.next', hint('click', 'place'), 'points.delete', 'edit.undo', 'sweep.toggle'];
    if (tab === 'points' && proposing) return ['proposals.next', 'proposals.accept', 'proposals.reject', 'proposals.accept-all', 'edit.undo'];
    if (tab === 'points' && tool === 'point') return [hint('click', 'place'), hint('drag', 'move'), 'points.delete', 'points.not-present', 'edit.undo'];
    if (tab === 'points') return ['stage.point', 'points.add-label', hint('drag', 'move-view'), 'image.submit', 'image.next'];
    // The caption's field has the focus here: keys that write a letter would be no help.
    return ['edit.undo', 'image.tab-questions', 'image.tab-points', 'image.submit', 'image.next'];
  }, [tab, tool, sweeping, proposing, t]);
}

type Ref<T> = RefObject<T | null>;
function useScreenCommands(order: Order, card: ImageCard | undefined, stage: Ref<Stage>, box: Ref<HTMLDivElement>, open: (imageId: string) => void): void {
  const { t } = useTranslation();
  const { editor, fields, host, me } = useAnnotate();
  const sets = useEditor((state) => labelSets(state.doc));
  const suggestions = useSuggestions(sets);
  // Commands are registered once a screen, or every button with a key cap would be made again for the next image; what changes under them is read through here.
  const now = useRef({ order, card, suggestions });
  now.current = { order, card, suggestions };
  const say = useCallback((line: string) => setScreen({ line }), []);
  const showChange = useCallback(() => {
    // The undo may have taken back the mark that is being pointed at.
    const { pointing } = screenStore.getState();
    if (pointing?.isPlaced && !editor.store.getState().doc.pointSet.some((set) => set.id === pointing.setId)) endPointing();
    const { notice } = editor.store.getState();
    if (!notice || !('change' in notice)) return;
    const { kind, id, caret, what, turnId } = notice.change;
    if (kind === 'caption' || kind === 'turn' || kind === 'thread') {
      setScreen(kind === 'caption' ? { tab: 'caption', openCaption: id } : { tab: 'questions' });
      if (id) fields.focus(id, caret);
    } else if (turnId !== null) {
      setScreen({ tab: 'questions', selection: [] });
      fields.focus(turnId, null);
    } else if (kind === 'point' && id && what !== 'nothing') {
      const exists = editor.store.getState().doc.point.some((point) => point.id === id);
      setScreen({ selection: exists && what === 'moved' ? [id] : [], tab: 'points' });
    } else if (kind === 'pointSet') setScreen({ tab: 'points', selection: [] });
    // The field that had the focus may have gone with its row.
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      if (screenStore.getState().tab === 'points') box.current?.focus();
      else firstField()?.focus();
    });
  }, [editor, fields, box]);
  useCommands(
    annotateCommands({
      editor,
      fields,
      me,
      stage,
      box,
      size: () => now.current.card ?? null,
      go: async (step) => {
        const next = await now.current.order.beside(step);
        if (next) open(next);
        else say(t(step > 0 ? 'annotate.line.last' : 'annotate.line.first'));
      },
      submit: async () => {
        tidy(editor, me);
        if (editor.store.getState().status !== 'ready' || !(await mayBeHandedIn(host, editor, fields, me))) return;
        const { doc } = editor.store.getState();
        const next = await now.current.order.nextToDo();
        const empty = doc.caption.length + doc.thread.length + doc.pointSet.length === 0;
        editor.dispatch(setWorkState(doc, me, 'submitted'));
        if (empty) toast('warn', t('annotate.line.submitted-empty', { name: now.current.card?.name ?? '' }));
        if (next) open(next);
        else
          toast('good', t('annotate.line.submitted-last'), {
            action: { text: t('annotate.line.to-gallery'), run: () => navigate({ screen: 'gallery' }) },
            sticky: false,
          });
      },
      skip: () => {
        if (editor.store.getState().status !== 'ready') return;
        setScreen({
          skip: async (reason) => {
            tidy(editor, me);
            const next = reason === null ? null : await now.current.order.nextToDo();
            editor.dispatch(setSkipped(editor.store.getState().doc, reason));
            if (reason === null) say(t('skip.taken-back'));
            else if (next) open(next);
            else say(t('skip.none-left'));
          },
        });
      },
      leave: () => navigate({ screen: 'gallery' }),
      showChange,
      say,
      chooseByNumber: (number) => {
        const labels = labelSets(editor.store.getState().doc);
        const label = labels[number - 1]?.label ?? now.current.suggestions[number - 1 - labels.length];
        if (label === undefined || !me) return;
        chooseLabel(editor, me, label);
        setScreen({ tab: 'points' });
        box.current?.focus();
      },
      sayGone: (count, label) => say(t('annotate.line.points-gone', { count, label })),
    }),
    [editor, fields, host, me, t, open],
  );
  // After the others: during a sweep Enter and the arrow keys are its.
  useCommands(
    sweepCommands({
      editor,
      stage,
      box,
      size: () => now.current.card ?? null,
      finished: ({ total, found, label }) => say(t(found > 0 ? 'sweep.finished' : 'sweep.finished-none', { total, count: found, label })),
    }),
    [editor, fields, me, t],
  );
}
