import { expect, test } from 'vitest';
import { fitCamera, panBy, zoomAt } from './camera.ts';
import type { PointScene } from './point-layer.ts';
import { redrawOf } from './point-redraw.ts';
import { buildTable } from './point-table.ts';
import type { StagePoint, StageSet } from './stage-api.ts';

const image = { widthPx: 6000, heightPx: 4000 };
const view = { widthDev: 1000, heightDev: 800, dpr: 1 };
const fitted = fitCamera(image, view, 0);
const close = zoomAt(fitted, image, view, 4, 500, 400);
const point = (n: number, xPct: number, yPct: number): StagePoint => ({ id: `p${n}`, setId: 's', xPct, yPct });
const spread = Array.from({ length: 40 }, (_, n) => point(n, (n % 8) * 12 + 4, Math.floor(n / 8) * 18 + 4));
const set = (id: string, points: readonly StagePoint[], more: Partial<StageSet> = {}): StageSet => ({ id, color: '#ff6b4a', shape: 0, points, ...more });
const table = buildTable([set('a', spread), set('b', [point(90, 50, 97)])], image, null);
const none: ReadonlySet<number> = new Set();
const scene: PointScene = { table, camera: close, view, activeSetId: 'a', selected: none, hidden: -1, moving: false, plain: true };
const grown = (points: readonly StagePoint[], more: Partial<StageSet> = {}) =>
  buildTable([set('a', points, more), set('b', [point(90, 50, 97)])], image, table);

test('the same again draws nothing, also with another empty selection', () => {
  expect(redrawOf(scene, { ...scene, selected: new Set() })).toEqual({ kind: 'nothing' });
});

test('a pan by whole pixels moves what is there, by as many', () => {
  const camera = panBy(close, image, view, 30, -12);
  expect(redrawOf(scene, { ...scene, camera, moving: true })).toEqual({ kind: 'shift', dx: 30, dy: -12 });
  expect(redrawOf(scene, { ...scene, camera: panBy(close, image, view, 30.5, 0) })).toEqual({ kind: 'all' });
  expect(redrawOf(scene, { ...scene, camera: zoomAt(close, image, view, 1.1, 500, 400) })).toEqual({ kind: 'all' });
});

test('one more point of a label is drawn alone, also where another label comes after', () => {
  const more = grown([...spread, point(100, 46, 96)]);
  expect(redrawOf(scene, { ...scene, table: more })).toEqual({ kind: 'add', from: 40, to: 41 });
});

test('all is drawn again where a number, a look or another marker changes with the edit', () => {
  const all = { kind: 'all' };
  // In the midst of the list, at another colour, and where a marker is so near that it becomes a dot.
  expect(redrawOf(scene, { ...scene, table: grown([...spread.slice(0, 5), point(100, 46, 96), ...spread.slice(5)]) })).toEqual(all);
  expect(redrawOf(scene, { ...scene, table: grown([...spread, point(100, 46, 96)], { color: '#123456' }) })).toEqual(all);
  expect(redrawOf(scene, { ...scene, table: grown([...spread, point(100, 4.1, 4)]) })).toEqual(all);
  expect(redrawOf(scene, { ...scene, table: grown(spread.slice(1)) })).toEqual(all);
  // A table that is not made from the one on the canvas.
  const next = grown([...spread, point(100, 46, 96)]);
  const later = buildTable([set('a', [...spread, point(100, 46, 96), point(101, 60, 96)]), set('b', [point(90, 50, 97)])], image, next);
  expect(redrawOf(scene, { ...scene, table: later })).toEqual(all);
});

test('a selection, a drag, outlines, another active label, another size of the window and rest after movement draw all again', () => {
  for (const change of [
    { selected: new Set([1]) },
    { hidden: 3 },
    { plain: false },
    { activeSetId: 'b' },
    { view: { ...view } },
  ] satisfies Partial<PointScene>[])
    expect(redrawOf(scene, { ...scene, ...change })).toEqual({ kind: 'all' });
  expect(redrawOf({ ...scene, moving: true }, scene)).toEqual({ kind: 'all' });
});
