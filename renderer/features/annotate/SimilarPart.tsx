/** More images like the open one, or like a part of it: a box is dragged over the image, and the gallery shows what is like it. */
import { type PointerEvent, type ReactElement, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageRecord } from '../../../shared/domain/image.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import { runCommand, useCommands } from '../../commands/registry.ts';
import { useHost } from '../../host/host.ts';
import { type Crop, showRanked } from '../../queries/similar.ts';
import { navigate } from '../../stores/session.ts';
import { toastError } from '../../ui/errors.ts';
import { sayRank } from '../../ui/say-rank.ts';
import styles from './SimilarPart.module.css';

interface Corner {
  readonly x: number;
  readonly y: number;
}
/** Shorter drags are clicks. */
const LEAST_PX = 6;

/** The box in percent of the image, cut to it; null where it misses the image. Follows the view's rotation. */
function cropOf(stage: Stage, a: Corner, b: Corner): Crop | null {
  const origin = stage.pctToClient(0, 0);
  const right = stage.pctToClient(100, 0);
  const down = stage.pctToClient(0, 100);
  const [ux, uy, vx, vy] = [right.clientX - origin.clientX, right.clientY - origin.clientY, down.clientX - origin.clientX, down.clientY - origin.clientY];
  const area = ux * vy - uy * vx;
  const at = ({ x, y }: Corner) => {
    const [dx, dy] = [x - origin.clientX, y - origin.clientY];
    const cut = (value: number) => Math.min(100, Math.max(0, value * 100));
    return { x: cut((dx * vy - dy * vx) / area), y: cut((dy * ux - dx * uy) / area) };
  };
  const [one, other] = [at(a), at(b)];
  const crop = { xPct: Math.min(one.x, other.x), yPct: Math.min(one.y, other.y), widthPct: Math.abs(one.x - other.x), heightPct: Math.abs(one.y - other.y) };
  return crop.widthPct < 0.5 || crop.heightPct < 0.5 ? null : crop;
}

export function SimilarPart({ image, stage }: { image: ImageRecord | undefined; stage: RefObject<Stage | null> }): ReactElement | null {
  const { t } = useTranslation();
  const { client } = useHost();
  const [on, setOn] = useState(false);
  const [drag, setDrag] = useState<{ from: Corner; to: Corner; box: DOMRect } | null>(null);
  const show = async (crop: Crop | null) => {
    if (!image) return;
    const result = await showRanked(client, { kind: 'image', imageId: image.id, name: image.name, crop });
    sayRank(result, runCommand);
    if (result.status === 'ranked') navigate({ screen: 'gallery' });
  };
  useCommands(
    [
      { id: 'image.similar', title: 'similar.command.like', short: 'similar.command.like-short', section: 'image', keys: ['m'], run: () => show(null) },
      {
        id: 'image.similar-part',
        title: 'similar.command.part',
        short: 'similar.command.part-short',
        section: 'image',
        keys: ['Shift+m'],
        run: () => setOn((was) => !was),
      },
      ...(on
        ? [
            {
              id: 'image.leave-field',
              title: 'annotate.command.escape',
              section: 'image',
              keys: ['Escape'],
              inText: true,
              hidden: true,
              run: () => leave(),
            } as const,
          ]
        : []),
    ],
    [image, on, client],
  );
  const leave = () => {
    setOn(false);
    setDrag(null);
  };
  if (!on) return null;
  const corner = (event: PointerEvent): Corner => ({ x: event.clientX, y: event.clientY });
  const end = () => {
    const crop =
      drag && stage.current && Math.hypot(drag.to.x - drag.from.x, drag.to.y - drag.from.y) >= LEAST_PX ? cropOf(stage.current, drag.from, drag.to) : null;
    if (!crop) return setDrag(null);
    leave();
    show(crop).catch(toastError);
  };
  return (
    <div
      className={styles.over}
      data-testid="similar-part"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: corner(event), to: corner(event), box: event.currentTarget.getBoundingClientRect() });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: corner(event) })}
      onPointerUp={end}
    >
      <p className={styles.help} role="status">
        {t('similar.part-help')}
      </p>
      {drag && (
        <div
          className={styles.box}
          style={{
            left: Math.min(drag.from.x, drag.to.x) - drag.box.left,
            top: Math.min(drag.from.y, drag.to.y) - drag.box.top,
            width: Math.abs(drag.to.x - drag.from.x),
            height: Math.abs(drag.to.y - drag.from.y),
          }}
        />
      )}
    </div>
  );
}
