/** What of the last frame's markers can stay where it is: a click adds one of 100,000, a pan moves all of them by whole pixels. */
import { shiftBetween } from './camera.ts';
import type { PointScene } from './point-layer.ts';
import type { PointTable } from './point-table.ts';
import { markerSize } from './sprites.ts';

/** What has to be drawn; `add` the points from `from` to before `to`, above what is there; `shift` in device pixels. */
export type Redraw =
  | { readonly kind: 'all' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'shift'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'add'; readonly from: number; readonly to: number };

const all: Redraw = { kind: 'all' };

/** Compares a frame with the one that is on the canvas. */
export function redrawOf(last: PointScene, scene: PointScene): Redraw {
  const selects = last.selected !== scene.selected && last.selected.size + scene.selected.size > 0;
  if (!last.plain || !scene.plain || selects || last.view !== scene.view || last.activeSetId !== scene.activeSetId || last.hidden !== scene.hidden) return all;
  // Dots drawn quickly are drawn well once the view rests.
  if (last.moving && !scene.moving) return all;
  if (last.table === scene.table) return last.camera === scene.camera ? { kind: 'nothing' } : shiftOf(last, scene);
  return last.camera === scene.camera && scene.hidden < 0 && scene.selected.size === 0 ? additionOf(last, scene) : all;
}

function shiftOf(last: PointScene, scene: PointScene): Redraw {
  const shift = shiftBetween(last.camera, scene.camera, scene.view);
  if (!shift?.whole) return all;
  const { dx, dy } = shift;
  return Math.abs(dx) < scene.view.widthDev / 2 && Math.abs(dy) < scene.view.heightDev / 2 ? { kind: 'shift', dx, dy } : all;
}

function additionOf(last: PointScene, { table, camera }: PointScene): Redraw {
  const { grown } = table;
  if (!grown || grown.serial !== last.table.serial || grown.splice.removed > 0 || !looksSame(last.table, table)) return all;
  const { at, added } = grown.splice;
  const dotBelow = markerSize / camera.scale;
  const was = last.table.nearest.distance;
  const { distance, neighbour } = table.nearest;
  for (let i = 0; i < table.count; i += 1) {
    if (neighbour[i]! < at || neighbour[i]! >= at + added || (i >= at && i < at + added)) continue;
    // The new point came so near that a marker has to become a dot.
    if (was[i < at ? i : i - added]! < dotBelow !== distance[i]! < dotBelow) return all;
  }
  return { kind: 'add', from: at, to: at + added };
}

/** Whether the labels look as before, and what was added stands at the end of one of them, so that no number changes. */
function looksSame(before: PointTable, { ranges, grown }: PointTable): boolean {
  const { at, added } = grown!.splice;
  return (
    ranges.length === before.ranges.length &&
    ranges.every(({ set, start, end }, r) => {
      const { set: other, start: otherStart, end: otherEnd } = before.ranges[r]!;
      const same = set.id === other.id && set.color === other.color && set.shape === other.shape && set.number === other.number;
      const grew = end - start - (otherEnd - otherStart);
      return same && (grew === 0 || (grew === added && end === at + added));
    })
  );
}
