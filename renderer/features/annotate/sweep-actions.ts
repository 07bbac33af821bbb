/** The sweep of a label: the image is walked cell by cell, and what was looked at is kept with the label. */
import { editPointSet } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc, PointSet } from '../../../shared/domain/model.ts';
import { cellBox, formatSweep, isExhaustive, markSeen, nextCell, parseSweep, seenCount, type Sweep, sweepGrid, walk } from '../../../shared/domain/sweep.ts';
import { areaMargin, type Stage } from '../../canvas/stage-api.ts';
import type { Editor } from '../../stores/editor.ts';
import { activeSet, screenStore, setScreen } from './screen-state.ts';

/** A marker's width in CSS pixels: a thing is to be at least as large on the screen as the marker that will stand on it. */
const MARKER_PX = 22;
/** The smallest thing that is looked for is this part of the image's longer side. */
const SMALLEST = 1 / 100;
/** Magnified further than this an image shows nothing more. */
const MOST = 4;

/** CSS pixels per image pixel at which an image is swept: one to one, and closer where the whole image is small. */
export function sweepScale(image: { readonly widthPx: number; readonly heightPx: number }, dpr: number): number {
  return Math.max(1 / dpr, Math.min(MARKER_PX / (Math.max(image.widthPx, image.heightPx) * SMALLEST), MOST));
}

/** What is known of the label's sweep: of the one under way also before its first cell is marked. */
export function sweepOf(set: PointSet | undefined, state = screenStore.getState()): Sweep | null {
  if (!set) return null;
  return parseSweep(set.sweep) ?? (state.sweep?.setId === set.id ? state.sweep.grid : null);
}

const setById = (doc: Doc, id: string | undefined): PointSet | undefined => doc.pointSet.find((set) => set.id === id);
/** The label that is being swept. */
export const sweptSet = (doc: Doc, state = screenStore.getState()): PointSet | undefined => setById(doc, state.sweep?.setId);

/** Begins, or goes on with, the sweep of the active label; without any label the field for one opens first. */
export function startSweep(editor: Editor, image: { readonly widthPx: number; readonly heightPx: number } | null, box: HTMLElement | null): void {
  const { doc, status } = editor.store.getState();
  if (status !== 'ready' || !image || !box) return;
  const set = activeSet(doc, screenStore.getState().activeLabel);
  setScreen({ tab: 'points', tool: 'point', cursor: null, selection: [], line: null, ...(set ? {} : { labelField: 'new' }) });
  if (!set) return;
  const stage = { widthPx: box.clientWidth - 2 * areaMargin.x, heightPx: box.clientHeight - 2 * areaMargin.y };
  const grid = parseSweep(set.sweep) ?? sweepGrid(image, stage, sweepScale(image, window.devicePixelRatio));
  const order = walk(grid);
  setScreen({ sweep: { setId: set.id, cell: order.find((cell) => !grid.seen[cell]) ?? order[0]!, grid } });
  box.focus();
}

/** Leaves the sweep; what was looked at stays. */
export const stopSweep = (): void => setScreen({ sweep: null });

/** Marks since the last other edit are undone together: nobody wants to take back forty cells one by one to reach a point. */
let run: { readonly groupId: string; readonly doc: Doc } | null = null;

/** Says that the cell in view was looked at, and goes to the next. Returns what there is to say when that was the last one. */
export function sweepOn(editor: Editor): { readonly total: number; readonly found: number; readonly label: string } | null {
  const { sweep } = screenStore.getState();
  const { doc } = editor.store.getState();
  const set = sweptSet(doc);
  if (!sweep || !set) return null;
  const before = sweepOf(set) ?? sweep.grid;
  const again = isExhaustive(before);
  const after = markSeen(before, sweep.cell);
  if (after !== before) {
    const groupId = run?.doc === doc ? run.groupId : newId();
    editor.dispatch(editPointSet(doc, set.id, { sweep: formatSweep(after) }), { group: groupId });
    run = { groupId, doc: editor.store.getState().doc };
  }
  const order = walk(after);
  const next = again ? order[order.indexOf(sweep.cell) + 1] : (nextCell(after, sweep.cell) ?? undefined);
  if (next !== undefined) {
    setScreen({ sweep: { ...sweep, cell: next }, selection: [] });
    return null;
  }
  stopSweep();
  return { total: seenCount(after), found: doc.point.filter((point) => point.setId === set.id).length, label: set.label };
}

/** Forgets what was looked at, to look again. */
export function forgetSweep(editor: Editor, setId: string): void {
  if (screenStore.getState().sweep?.setId === setId) stopSweep();
  editor.dispatch(editPointSet(editor.store.getState().doc, setId, { sweep: null }));
}

/** Looks at a cell out of turn. */
export function goToCell(cell: number): void {
  const { sweep } = screenStore.getState();
  if (sweep) setScreen({ sweep: { ...sweep, cell }, selection: [] });
}

/** Looks at the neighbouring cell, as seen on the screen: `dx`, `dy` are turned back with the view. */
export function moveCell(dx: number, dy: number, rotation: number): void {
  const { sweep } = screenStore.getState();
  if (!sweep) return;
  const { columns, rows } = sweep.grid;
  const turns = rotation / 90;
  let [x, y] = [dx, dy];
  for (let turn = 0; turn < turns; turn++) [x, y] = [y, -x];
  const column = (sweep.cell % columns) + x;
  const row = Math.floor(sweep.cell / columns) + y;
  if (column >= 0 && row >= 0 && column < columns && row < rows) goToCell(row * columns + column);
}

/** Shows the cell under way on the stage for as long as the sweep lasts. Returns what ends that. */
export function followSweep(stage: Stage, frame: HTMLElement, origin: () => DOMRect): { stop(): void; redraw(): void } {
  const redraw = () => {
    const { sweep } = screenStore.getState();
    if (!sweep && frame.hidden) return;
    frame.hidden = !sweep;
    if (!sweep) return;
    const { xPct, yPct, widthPct, heightPct } = cellBox(sweep.grid, sweep.cell);
    const a = stage.pctToClient(xPct - widthPct / 2, yPct - heightPct / 2);
    const b = stage.pctToClient(xPct + widthPct / 2, yPct + heightPct / 2);
    const { left, top } = origin();
    frame.style.transform = `translate(${Math.min(a.clientX, b.clientX) - left}px, ${Math.min(a.clientY, b.clientY) - top}px)`;
    frame.style.width = `${Math.abs(b.clientX - a.clientX)}px`;
    frame.style.height = `${Math.abs(b.clientY - a.clientY)}px`;
  };
  const show = () => {
    const { sweep } = screenStore.getState();
    stage.setSpacePans(!sweep);
    if (sweep) stage.showArea(cellBox(sweep.grid, sweep.cell));
    else stage.fit();
    redraw();
  };
  if (screenStore.getState().sweep) show();
  const unsubscribe = screenStore.subscribe((state, before) => {
    if (state.sweep !== before.sweep) show();
  });
  return { stop: unsubscribe, redraw };
}
