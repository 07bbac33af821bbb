/** The image with the points of the scene: those of the last edit are raised, those that it took away hollow. */
import { type ReactElement, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import { createStage } from '../../canvas/stage.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import { useStageImage } from '../../canvas/use-stage-image.ts';
import { stageSets } from '../../stores/editor/stage-sets.ts';
import { errorSentence } from '../../ui/errors.ts';
import styles from './Film.module.css';
import type { Scene } from './scene.ts';

interface FilmStageProps {
  readonly image: ImageRecord | undefined;
  readonly scene: Scene;
  readonly stage: RefObject<Stage | null>;
}
const nothing = () => {};

export function FilmStage({ image, scene, stage: held }: FilmStageProps): ReactElement {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  useEffect(() => {
    // Nobody changes the past: what is done on the stage only moves the view.
    const made = createStage(box.current!, {
      place: nothing,
      move: nothing,
      select: nothing,
      acceptGhost: nothing,
      focusGhost: nothing,
      detailWanted: nothing,
      cameraChanged: nothing,
    });
    made.setTool('pan');
    made.setSpacePans(false);
    held.current = made;
    setStage(made);
    return () => {
      held.current = null;
      made.destroy();
    };
  }, [held]);
  const problem = useStageImage(stage, image);
  const { doc, touched, gone } = scene;
  useEffect(() => stage?.setSets(stageSets(doc), null), [stage, doc]);
  useEffect(() => {
    stage?.setSelection([...touched]);
    const set = gone[0] && doc.pointSet.findIndex(({ id }) => id === gone[0]!.setId);
    stage?.setGhosts(gone.length > 0 ? { ghosts: gone, shape: Math.max(0, set ?? 0) % 7, focused: null } : null);
  }, [stage, doc, touched, gone]);
  return (
    <div className={styles.stagePane}>
      <div ref={box} className={styles.stage} tabIndex={0} role="application" aria-label={t('annotate.stage.label', { name: image?.name ?? '' })} data-stage />
      {problem ? (
        <p className={styles.problem} role="alert">
          {errorSentence(problem)}
        </p>
      ) : null}
    </div>
  );
}
