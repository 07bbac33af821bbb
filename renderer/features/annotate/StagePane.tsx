/** The image with its points, the tools that float on it, and the words for what can't be shown. */
import { ImageOff } from 'lucide-react';
import { memo, type ReactElement, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { isInline } from '../../../shared/domain/point-mark.ts';
import type { AppError } from '../../../shared/rpc/errors.ts';
import type { LoadedImage } from '../../canvas/image-loader.ts';
import { createStage } from '../../canvas/stage.ts';
import type { Stage, StageCamera, StageSet } from '../../canvas/stage-api.ts';
import { Keys } from '../../commands/Keys.tsx';
import { runCommand } from '../../commands/registry.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { stageSets } from '../../stores/editor/stage-sets.ts';
import { useAnnotate, useEditor } from './context.ts';
import { movePointTo, placePoint, selectPoints } from './point-actions.ts';
import { backToAnswer } from './pointing.ts';
import { PointingHint } from './PointingHint.tsx';
import { HeatToggle } from './proposals/HeatToggle.tsx';
import { proposalControl } from './proposals/use-proposal-commands.ts';
import { useStageProposals } from './proposals/use-stage-proposals.ts';
import { CommentBadges } from './review/CommentBadges.tsx';
import { activeSet, screenStore, setScreen, useScreen } from './screen-state.ts';
import { SimilarPart } from './SimilarPart.tsx';
import styles from './StagePane.module.css';
import { type Shown, useBitmap } from './use-bitmap.ts';
import { followLoupe } from './sweep-commands.ts';
import { followSweep } from './sweep-actions.ts';
import { useAdjust, ZoomBar } from './ZoomBar.tsx';

export interface StagePaneProps {
  readonly imageId: string;
  readonly image: ImageRecord | undefined;
  readonly neighbours: readonly ImageRecord[];
  readonly stage: RefObject<Stage | null>;
  readonly box: RefObject<HTMLDivElement | null>;
}

/** Between two texts of the zoom: nobody reads faster, and each is laid out, painted and composed. */
const ZOOM_TEXT_MS = 100;

export const StagePane = memo(function StagePane({ imageId, image, neighbours, stage, box }: StagePaneProps): ReactElement {
  const { t } = useTranslation();
  const { editor, fields } = useAnnotate();
  const percent = useRef<HTMLElement>(null);
  const fitted = useRef<HTMLButtonElement>(null);
  const crosshair = useRef<HTMLDivElement>(null);
  const cell = useRef<HTMLDivElement>(null);
  const badges = useRef(() => {});
  const sweeping = useScreen((state) => state.sweep !== null);
  const [live, setLive] = useState<Stage | null>(null);
  const tool = useScreen((state) => state.tool);
  // What the stage draws: told by `paint`, or by the effect below where the stage came later than the image.
  const drawn = useRef<{ readonly on: Stage; readonly loaded: LoadedImage } | null>(null);
  const paint = useCallback(
    ({ loaded, loadTile, better }: Shown) => {
      const on = stage.current;
      if (!on || (drawn.current?.on === on && drawn.current.loaded === loaded)) return;
      drawn.current = { on, loaded };
      // It was painted before its screen was made.
      if (on.bitmap === loaded.bitmap && !better && !loadTile) return;
      on.setImage({ bitmap: loaded.bitmap, widthPx: loaded.widthPx, heightPx: loaded.heightPx, ...(loadTile ? { loadTile } : {}) }, { keepCamera: better });
      void on.framePainted.then(() => performance.mark(better ? 'image-detail-painted' : 'image-painted'));
    },
    [stage],
  );
  const { bitmap, wantDetail } = useBitmap(imageId, image, neighbours, paint);
  const bitmapRef = useRef(bitmap);
  bitmapRef.current = bitmap;

  const showCursor = useCallback(() => {
    const { cursor } = screenStore.getState();
    const element = crosshair.current;
    const view = stage.current;
    if (!element) return;
    const hides = cursor === null || !view;
    if (element.hidden !== hides) element.hidden = hides;
    if (!cursor || !view || !box.current) return;
    const at = view.pctToClient(cursor.xPct, cursor.yPct);
    const origin = box.current.getBoundingClientRect();
    element.style.transform = `translate(${at.clientX - origin.left}px, ${at.clientY - origin.top}px)`;
  }, [stage, box]);

  useEffect(() => {
    let zoomTimer = 0;
    const showZoom = () => {
      zoomTimer = 0;
      const zoom = `${Math.round(made.camera.scale * window.devicePixelRatio * 100)} %`;
      if (percent.current && percent.current.textContent !== zoom) percent.current.textContent = zoom;
    };
    const show = ({ fit }: StageCamera) => {
      // Only what differs: the same words again are laid out and painted again, in each frame of a pan.
      if (zoomTimer === 0) zoomTimer = window.setTimeout(showZoom, ZOOM_TEXT_MS);
      if (fitted.current?.getAttribute('aria-pressed') !== String(fit)) fitted.current?.setAttribute('aria-pressed', String(fit));
      showCursor();
      sweep?.redraw();
      badges.current();
    };
    let sweep: ReturnType<typeof followSweep> | null = null;
    // A click means the image that is seen: nothing is placed while the next one is on its way.
    const seen = () => {
      const { current } = bitmapRef;
      // What was painted before its screen was made is not this screen's; a better bitmap of the same image is at once.
      return current.state === 'shown' && current.imageId === editor.store.getState().imageId && drawn.current?.loaded.bitmap === made.bitmap;
    };
    const made = createStage(box.current!, {
      // The click that leaves a caption or an answer only leaves it: a stray point is worse than a second click. One that leaves the field of a
      // label is meant for that label.
      place: (xPct, yPct, { leftTextField }) => {
        const { pointing, tab } = screenStore.getState();
        if (!seen() || (leftTextField && tab !== 'points' && !pointing)) return;
        placePoint(editor, xPct, yPct);
        // One goes on writing where one was, also with an input method.
        if (pointing) backToAnswer(editor, fields);
      },
      move: (id, xPct, yPct) => void (seen() && movePointTo(editor, id, xPct, yPct)),
      select: (ids) => selectPoints(editor, ids),
      acceptGhost: (id, xPct, yPct) => void (seen() && proposalControl()?.acceptAt(id, xPct, yPct)),
      focusGhost: (id) => proposalControl()?.focus(id),
      detailWanted: wantDetail,
      cameraChanged: show,
    });
    stage.current = made;
    setLive(made);
    sweep = followSweep(made, cell.current!, () => box.current!.getBoundingClientRect());
    const stopLoupe = followLoupe(made);
    const stop = screenStore.subscribe((state, before) => {
      if (state.cursor !== before.cursor) showCursor();
      if (state.outlines !== before.outlines) made.setOutlines(state.outlines);
    });
    return () => {
      stop();
      clearTimeout(zoomTimer);
      sweep?.stop();
      stopLoupe();
      stage.current = null;
      made.destroy();
    };
  }, [editor, fields, stage, box, showCursor, wantDetail]);

  const shown = bitmap.state === 'shown' ? bitmap : null;
  // While waiting for the moment that a decoded image takes, the one before stays, without points: no flash between two images.
  const { state } = bitmap;
  useEffect(() => {
    if (shown && live) paint(shown);
    else if (live && state !== 'waiting') {
      drawn.current = null;
      live.setImage(null);
    }
  }, [live, shown, state, paint]);
  useEffect(() => live?.setTool(tool), [live, tool]);
  useAdjust(useCallback((adjust) => live?.setAdjust(adjust), [live]));
  useStagePoints(live, shown !== null, imageId);
  useStageProposals(live, shown !== null);

  return (
    <div className={styles.pane}>
      <div
        ref={box}
        className={styles.stage}
        tabIndex={0}
        role="application"
        aria-label={t('annotate.stage.label', { name: image?.name ?? '' })}
        aria-describedby="annotate-stage-help"
        data-stage
      />
      <div ref={cell} className={styles.cell} hidden aria-hidden="true" data-testid="sweep-cell" />
      {live && shown ? <CommentBadges stage={live} redraw={badges} /> : null}
      <SimilarPart image={image} stage={stage} />
      <PointingHint />
      <div ref={crosshair} className={styles.crosshair} hidden aria-hidden="true" />
      <p id="annotate-stage-help" className={styles.help}>
        {t(tool === 'point' ? 'annotate.stage.help-point' : 'annotate.stage.help-pan')}
      </p>
      <div className={styles.tools}>
        <Segmented
          label={t('annotate.stage.tools')}
          floating
          selected={sweeping ? 'sweep' : tool}
          onSelect={(id) => (id === 'sweep' ? void runCommand('sweep.toggle') : setScreen({ tool: id, sweep: null }))}
          items={[
            { id: 'pan', text: t('annotate.stage.pan'), keys: <Keys of="stage.pan" /> },
            { id: 'point', text: t('annotate.stage.point'), keys: <Keys of="stage.point" /> },
            { id: 'sweep', text: t('sweep.tool'), keys: <Keys of="sweep.toggle" /> },
          ]}
        />
        <HeatToggle />
      </div>
      <ZoomBar size={image ?? null} percent={percent} fitted={fitted} />
      {bitmap.state === 'loading' ? (
        <div className={styles.over}>
          <Spinner label={t('app.loading')} size={28} />
        </div>
      ) : null}
      {bitmap.state === 'failed' ? (
        <div className={styles.over} role="alert">
          <EmptyState icon={<ImageOff size={36} aria-hidden />}>{t(failureKey(bitmap.error, image?.missing ?? false), { name: image?.name ?? '' })}</EmptyState>
        </div>
      ) : null}
    </div>
  );
});

function failureKey(error: AppError, missing: boolean) {
  if (missing || error.code === 'not-found') return 'annotate.stage.missing' as const;
  return error.code === 'unavailable' ? ('annotate.stage.unreachable' as const) : ('annotate.stage.undecodable' as const);
}

/** Whether points or their numbers differ; texts matter only where points stand in them. */
const looksOther = (a: Doc, b: Doc): boolean => a.point !== b.point || a.pointSet !== b.pointSet || (a.turn !== b.turn && b.pointSet.some(isInline));

/** Keeps the canvas at the document's points, without React between a click and its marker. */
function useStagePoints(live: Stage | null, shown: boolean, imageId: string): void {
  const { editor } = useAnnotate();
  const ready = useEditor((state) => state.status === 'ready' && state.imageId === imageId);
  const nothing = useMemo(() => [], []);
  useEffect(() => {
    if (!live) return;
    if (!ready || !shown) {
      live.setSets(nothing, null);
      return;
    }
    let last: Doc | null = null;
    let sets: StageSet[] = [];
    const draw = () => {
      const { doc } = editor.store.getState();
      const { activeLabel, selection, pointing, tab } = screenStore.getState();
      if (!last || looksOther(last, doc)) sets = stageSets(doc);
      last = doc;
      // While one writes answers no label is the one that clicks are for.
      live.setSets(sets, pointing ? pointing.setId : tab === 'questions' ? null : (activeSet(doc, activeLabel)?.id ?? null));
      live.setSelection(selection);
    };
    draw();
    const stops = [
      editor.store.subscribe((state, before) => {
        if (looksOther(before.doc, state.doc)) draw();
      }),
      screenStore.subscribe((state, before) => {
        if (state.selection !== before.selection || state.activeLabel !== before.activeLabel || state.pointing !== before.pointing || state.tab !== before.tab)
          draw();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [live, ready, shown, editor, nothing]);
}
