/** The image with what A and B pointed at; while a merged label is edited, its points take clicks. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { createStage } from '../../canvas/stage.ts';
import type { Stage, StagePoint, StageSet } from '../../canvas/stage-api.ts';
import { useStageImage } from '../../canvas/use-stage-image.ts';
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
  const problem = useStageImage(stage, image);
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
          {errorSentence(problem)}
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
