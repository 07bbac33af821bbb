/** Points and proposals counted on in one row, as the pointer meets them: the proposals' indices follow the points'. */
import type { Camera, Vec } from './camera.ts';
import type { GhostLayer } from './ghost-layer.ts';
import { lookOf, pointAt } from './point-layer.ts';
import type { PointTable } from './point-table.ts';
import type { StageEvents } from './stage-api.ts';
import type { Sprite, SpriteSheet } from './sprites.ts';

/** What is on the stage to be clicked, dragged and hovered. */
export interface Marks {
  readonly table: PointTable;
  readonly ghosts: GhostLayer;
}

/** The mark under a place in image pixels, or -1. A point is met before a proposal: it is data. */
export function markAt({ table, ghosts }: Marks, camera: Camera, { x, y }: Vec): number {
  const point = table.count === 0 ? -1 : pointAt(table, camera, x, y);
  if (point >= 0) return point;
  const ghost = ghosts.hit(camera, x, y);
  return ghost < 0 ? -1 : table.count + ghost;
}

/** The proposal at this index, or undefined. */
export const ghostIdAt = ({ table, ghosts }: Marks, index: number): string | undefined => ghosts.idAt(index - table.count);

export const markIdAt = (marks: Marks, index: number): string | undefined => marks.table.points[index]?.id ?? ghostIdAt(marks, index);

/** Where it is, in image pixels. */
export function placeOfMark({ table, ghosts }: Marks, index: number): Vec {
  return index < table.count ? { x: table.xs[index]!, y: table.ys[index]! } : ghosts.placeOf(index - table.count);
}

/** The mark with this id, or -1. */
export function indexOfMark({ table, ghosts }: Marks, id: string): number {
  const point = table.points.findIndex((row) => row.id === id);
  const ghost = point < 0 ? ghosts.indexOf(id) : -1;
  return ghost < 0 ? point : table.count + ghost;
}

/** How it looks under the cursor, or null where there is none. */
export function raisedMark({ table, ghosts }: Marks, sheet: SpriteSheet, index: number, activeSetId: string | null): Sprite | null {
  if (index >= table.count) return ghosts.look && sheet.raisedGhost(ghosts.look.shape);
  const look = index < 0 ? null : lookOf(table, index, activeSetId);
  return look && sheet.raised(look.style, look.rank);
}

/** The points with these ids. */
export function indicesOf(table: PointTable, ids: ReadonlySet<string>): ReadonlySet<number> {
  const indices = new Set<number>();
  if (ids.size > 0) table.points.forEach((point, i) => ids.has(point.id) && indices.add(i));
  return indices;
}

/** A click on a mark: a proposal is accepted or looked at, a point selected, alone or with others. */
export function clickMark(
  marks: Marks,
  index: number,
  add: boolean,
  { tool, selectedIds, events }: { readonly tool: 'pan' | 'point'; readonly selectedIds: ReadonlySet<string>; readonly events: StageEvents },
): void {
  const ghost = ghostIdAt(marks, index);
  if (ghost !== undefined) {
    const { xPct, yPct } = marks.ghosts.look!.ghosts[index - marks.table.count]!;
    return tool === 'point' ? events.acceptGhost(ghost, xPct, yPct) : events.focusGhost(ghost);
  }
  const id = marks.table.points[index]?.id;
  if (id === undefined) return;
  if (!add) return events.select([id]);
  events.select(selectedIds.has(id) ? [...selectedIds].filter((other) => other !== id) : [...selectedIds, id]);
}
