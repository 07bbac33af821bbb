/** What a person does with points, by pointer and by key alike. */
import { addPoint, addPointSet, editPointSet, movePoint, pointsOf, removePointSet, removePoints, setPresence } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Point } from '../../../shared/domain/model.ts';
import { isInline, labelSets } from '../../../shared/domain/point-mark.ts';
import type { Editor } from '../../stores/editor.ts';
import { placeMark } from './pointing.ts';
import { activeSet, screenStore, setScreen } from './screen-state.ts';

const clamp = (value: number) => Math.min(100, Math.max(0, value));
const docOf = (editor: Editor) => editor.store.getState().doc;
const isReady = (editor: Editor) => editor.store.getState().status === 'ready';
const active = (editor: Editor) => activeSet(docOf(editor), screenStore.getState().activeLabel);

/** Puts a point of the active label; without any label the field for one opens instead. */
export function placePoint(editor: Editor, xPct: number, yPct: number): void {
  if (!isReady(editor)) return;
  const { pointing } = screenStore.getState();
  if (pointing) return placeMark(editor, pointing, clamp(xPct), clamp(yPct));
  const set = active(editor);
  if (!set) {
    setScreen({ tab: 'points', labelField: 'new' });
    return;
  }
  editor.dispatch(addPoint(docOf(editor), set.id, clamp(xPct), clamp(yPct)));
  setScreen({ selection: [], activeLabel: set.label, line: null });
}

export function movePointTo(editor: Editor, id: string, xPct: number, yPct: number): void {
  if (isReady(editor)) editor.dispatch(movePoint(docOf(editor), id, clamp(xPct), clamp(yPct)));
}

/** Selects points; the label of the first one becomes active. */
export function selectPoints(editor: Editor, ids: readonly string[]): void {
  const doc = docOf(editor);
  const point = doc.point.find((row) => row.id === ids[0]);
  const set = point && doc.pointSet.find((row) => row.id === point.setId);
  setScreen({ selection: ids, ...(set && !isInline(set) ? { activeLabel: set.label } : {}) });
}

/** Deletes the selected points, or the last one of the active label. */
export function deletePoints(editor: Editor): void {
  const doc = docOf(editor);
  const { selection, pointing } = screenStore.getState();
  const set = pointing ? doc.pointSet.find((row) => row.id === pointing.setId) : active(editor);
  const last = set && pointsOf(doc, set.id).at(-1);
  const ids = selection.length > 0 ? selection : last ? [last.id] : [];
  editor.dispatch(removePoints(doc, ids));
  setScreen({ selection: [] });
}

/** Moves the selected points by image pixels of the upright image. */
export function nudge(editor: Editor, dxPx: number, dyPx: number, size: { readonly widthPx: number; readonly heightPx: number }): void {
  const doc = docOf(editor);
  const ops = screenStore.getState().selection.flatMap((id) => {
    const point = doc.point.find((row) => row.id === id);
    return point ? movePoint(doc, id, clamp(point.xPct + (dxPx / size.widthPx) * 100), clamp(point.yPct + (dyPx / size.heightPx) * 100)) : [];
  });
  editor.dispatch(ops, { group: editor.nudgeGroup() });
}

/** The point after or before the selected one, label by label as they are listed; null at the end. */
export function neighbourPoint(editor: Editor, step: 1 | -1): Point | null {
  const doc = docOf(editor);
  const inOrder = doc.pointSet.flatMap((set) => pointsOf(doc, set.id));
  const at = inOrder.findIndex((point) => point.id === screenStore.getState().selection[0]);
  const next = at < 0 ? (step > 0 ? 0 : inOrder.length - 1) : at + step;
  return inOrder[next] ?? null;
}

/** Makes a label active, adding it where this image has none of it. */
export function chooseLabel(editor: Editor, authorId: string, label: string): void {
  if (!isReady(editor)) return;
  const words = label.trim().replace(/\s+/g, ' ');
  if (words === '') return;
  if (!labelSets(docOf(editor)).some((set) => set.label === words)) editor.dispatch(addPointSet(authorId, words, 'present', newId()));
  setScreen({ activeLabel: words, labelField: null, tool: 'point', selection: [] });
}

export function renameLabel(editor: Editor, id: string, label: string): void {
  const words = label.trim().replace(/\s+/g, ' ');
  if (words === '') return;
  editor.dispatch(editPointSet(docOf(editor), id, { label: words }));
  setScreen({ activeLabel: words, labelField: null });
}

export function deleteLabel(editor: Editor, id: string): void {
  editor.dispatch(removePointSet(docOf(editor), id));
  setScreen({ selection: [], labelField: null });
}

/** Says that a label is not in the image, or takes it back. Returns how many points went with that. */
export function togglePresence(editor: Editor, id: string): number {
  const doc = docOf(editor);
  const set = doc.pointSet.find((row) => row.id === id);
  if (!set) return 0;
  const absent = set.presence === 'present';
  editor.dispatch(setPresence(doc, id, absent ? 'absent' : 'present'));
  setScreen({ activeLabel: set.label, selection: [] });
  return absent ? pointsOf(doc, id).length : 0;
}

/** Says of several labels at once that they are not in the image; those that have points here stay, and are named. */
export function sayNoneOf(editor: Editor, authorId: string, labels: readonly string[], onKept: (labels: readonly string[]) => void): void {
  if (!isReady(editor)) return;
  const doc = docOf(editor);
  const kept: string[] = [];
  const ops = labels.flatMap((label) => {
    const set = labelSets(doc).find((row) => row.label === label);
    if (!set) return addPointSet(authorId, label, 'absent', newId());
    if (pointsOf(doc, set.id).length === 0) return setPresence(doc, set.id, 'absent');
    kept.push(label);
    return [];
  });
  editor.dispatch(ops);
  if (kept.length > 0) onKept(kept);
}
