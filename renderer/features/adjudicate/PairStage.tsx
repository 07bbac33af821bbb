/** The image with what A and B pointed at; while a merged label is edited, its points take clicks. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { createImageLoader, type LoadedImage } from '../../canvas/image-loader.ts';
import { createStage } from '../../canvas/stage.ts';
import type { Stage, StagePoint, StageSet } from '../../canvas/stage-api.ts';
import { useHost } from '../../host/host.ts';
import { errorSentence } from '../../ui/errors.ts';
import styles from './Adjudicate.module.css';

export interface MergedPoint {
  readonly id: string;
  readonly xPct: number;
  readonly yPct: number;
  readonly proposalId?: string | undefined;
}
export interface PairStageProps {
  readonly image: ImageRecord | undefined;
  readonly a: readonly StagePoint[];
  readonly b: readonly StagePoint[];
  /** The points of the merged label; null where none are shown. */
  readonly merged: readonly MergedPoint[] | null;
  /** Null: clicks move the view. */
  readonly onEdit: ((change: (points: readonly MergedPoint[]) => readonly MergedPoint[]) => void) | null;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly newId: () => string;
  readonly note: string;
}

/** The look of A, of B, and of what is merged; texts of the two columns wear the same colours. */
export const PERSON_COLOURS = ['#4a9fe0', '#d0654a'] as const;
const MERGED_COLOUR = '#3ecf8e';

let loader: ReturnType<typeof createImageLoader> | null = null;
/** One for the window: the image before stays decoded while one goes back and forth. */
const theLoader = () => (loader ??= createImageLoader({ maxBytes: 120_000_000 }));
const MAX_PIXELS = 4_000_000;

export function PairStage(props: PairStageProps): ReactElement {
  const { image, a, b, merged, onEdit, note } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const percent = useRef<HTMLSpanElement>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  const now = useRef(props);
  now.current = props;
  useEffect(() => {
    const made = createStage(box.current!, {
      place: (xPct, yPct) => now.current.onEdit?.((points) => [...points, { id: now.current.newId(), xPct, yPct }]),
      move: (id, xPct, yPct) => now.current.onEdit?.((points) => points.map((point) => (point.id === id ? { ...point, xPct, yPct } : point))),
      select: (ids) => {
        made.setSelection(ids);
        now.current.onSelect(ids);
      },
      acceptGhost: () => {},
      focusGhost: () => {},
      detailWanted: () => {},
      cameraChanged: ({ scale }) => {
        if (percent.current) percent.current.textContent = `${Math.round(scale * window.devicePixelRatio * 100)} %`;
      },
    });
    setStage(made);
    return () => made.destroy();
  }, []);
  const problem = useImage(stage, image);
  useEffect(() => {
    if (!stage) return;
    const sets: StageSet[] = [
      { id: 'a', color: PERSON_COLOURS[0], shape: 0, number: -1, points: a },
      { id: 'b', color: PERSON_COLOURS[1], shape: 1, number: -2, points: b },
      ...(merged ? [{ id: 'merged', color: MERGED_COLOUR, shape: 2, points: merged.map((point) => ({ ...point, setId: 'merged' })) }] : []),
    ];
    stage.setSets(sets, onEdit ? 'merged' : null);
  }, [stage, a, b, merged, onEdit]);
  useEffect(() => stage?.setTool(onEdit ? 'point' : 'pan'), [stage, onEdit]);
  return (
    <div className={styles.stagePane}>
      <div ref={box} className={styles.stage} tabIndex={0} role="application" aria-label={t('annotate.stage.label', { name: image?.name ?? '' })} data-stage />
      {problem ? (
        <p className={styles.stageProblem} role="alert">
          {problem}
        </p>
      ) : null}
      <p className={styles.stageNote}>
        <button type="button" className={styles.fit} onClick={() => stage?.fit()}>
          {t('annotate.view.fit')}
        </button>
        <span ref={percent} />
        <span>{note}</span>
      </p>
    </div>
  );
}

/** Decodes the image and shows it; a sentence where it can't be. */
function useImage(stage: Stage | null, image: ImageRecord | undefined): string | null {
  const host = useHost();
  const [problem, setProblem] = useState<string | null>(null);
  const key = image ? `${image.id} ${image.sha256}` : '';
  useEffect(() => {
    if (!stage || !image) return;
    const abort = new AbortController();
    let loaded: LoadedImage | null = null;
    setProblem(null);
    theLoader()
      .load(
        { url: host.imageUrl(image), directUrl: host.pictureUrl(image), widthPx: image.widthPx, heightPx: image.heightPx, maxPixels: MAX_PIXELS },
        { signal: abort.signal },
      )
      .then((found) => {
        if (abort.signal.aborted) return found.release();
        loaded = found;
        stage.setImage({ bitmap: found.bitmap, widthPx: found.widthPx, heightPx: found.heightPx });
      })
      .catch((thrown: unknown) => {
        if (!abort.signal.aborted) setProblem(errorSentence(thrown));
      });
    return () => {
      abort.abort();
      stage.setImage(null);
      loaded?.release();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a card that is read again is another object of the same image
  }, [stage, host, key]);
  return problem;
}
