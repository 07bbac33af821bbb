import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as authoring from '../../domain/authoring.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { Doc } from '../../domain/model.ts';
import { applyOps } from '../../domain/ops.ts';
import { AUTHOR_ID, actionArbitrary, opsOf, startDoc } from '../../testing/random-work.ts';
import type { EmbeddedImage } from '../format.ts';
import { formats } from '../formats.ts';
import { type ExportProfile, exportProfiles } from '../profiles.ts';
import { imageView, molmoTiling, seenShare } from './image-view.ts';
import { segmentsOf } from './named-points.ts';
import { shownRow } from './shown-rows.ts';
import { targetsOf } from './targets.ts';

const size = { widthPx: 640, heightPx: 480 };
const image = { id: '01890000-0000-7000-8000-000000000001', name: 'a.jpg', sha256: 'ab'.repeat(32), ...size } as ImageRecord;
const embedded: EmbeddedImage = { value: { bytes: Uint8Array.of(1, 2, 3), path: 'x.jpg' }, sha256: 'cd'.repeat(32), ...size };
const after = (...makes: ((doc: Doc) => Parameters<typeof applyOps>[1])[]) => makes.reduce((doc, make) => applyOps(doc, make(doc)).doc, startDoc());
const dog = after(
  () => authoring.addPointSet(AUTHOR_ID, 'dog'),
  (doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 25, 25),
);
const rowsOf = (profile: ExportProfile, doc: Doc) => formats[profile].map({ image, doc }, embedded, 'train').rows;
const targets = (profile: ExportProfile, doc: Doc) => targetsOf(profile, rowsOf(profile, doc), size);
const answer = (profile: ExportProfile) => targets(profile, dog).at(-1)!;

test('the preview says the golden row of each consumer, and draws its point at the very numbers that the text names', () => {
  const golden: [ExportProfile, string, string][] = [
    ['pixmo-parquet', '<point x="25.0" y="25.0" alt="dog">dog</point>', '25.0, 25.0'],
    ['molmo-folders', '<point x="25.0" y="25.0" alt="dog">dog</point>', '25.0, 25.0'],
    ['molmo2', '<points coords="1 1 250 250">dog</points>', '250, 250'],
    ['qwen25-vl', '[{"point_2d":[161,119],"label":"dog"}]', '161, 119'],
    ['qwen3-vl', '[{"point_2d":[250,250],"label":"dog"}]', '250, 250'],
    ['qwen2-vl', '[{"point_2d":[250,250],"label":"dog"}]', '250, 250'],
    ['internvl', '<point>[[250,250]]</point>', '250, 250'],
    ['paligemma', '<loc0256><loc0256> dog', '0256, 0256'],
    ['ms-swift', '<bbox>', '160, 120'],
    ['llava', 'dog (25.0, 25.0)', '25.0, 25.0'],
  ];
  for (const [profile, text, as] of golden) {
    const { turns, points } = answer(profile);
    expect(turns.at(-1), profile).toEqual({ role: 'assistant', text });
    expect(
      points.map((point) => point.as),
      profile,
    ).toEqual([as]);
    expect(points[0]!.x, profile).toBeCloseTo(25, 0);
    expect(points[0]!.y, profile).toBeCloseTo(25, 0);
  }
  // 161 of the 644 pixels and 119 of the 476 that Qwen2.5-VL sees.
  expect(answer('qwen25-vl').points[0]).toMatchObject({ x: 25, y: 25 });
  expect(answer('label-studio').points).toEqual([{ x: 25, y: 25, as: '25.0, 25.0' }]);
  expect(answer('coco-keypoints').points).toEqual([{ x: 25, y: 25, as: '160, 120' }]);
});

test('who asks and who answers is as the rows have it, and where the loader asks in words of its own the preview says so', () => {
  const doc = after(
    () => authoring.addCaption(AUTHOR_ID, 'A dog.'),
    () => authoring.addThread(AUTHOR_ID, 'Is it old?', 'Yes.'),
  );
  expect(targets('qwen25-vl', doc)[1]).toMatchObject({
    turns: [
      { role: 'user', text: '<image>\nIs it old?' },
      { role: 'assistant', text: 'Yes.' },
    ],
  });
  expect(targets('trl', doc)[1]!.turns[0]).toEqual({ role: 'user', text: '<image>Is it old?' });
  expect(targets('axolotl', doc)[1]!.turns[0]).toEqual({ role: 'user', text: '<image>Is it old?' });
  expect(targets('molmo-folders', doc)[0]).toMatchObject({ table: 'cap', asked: { kind: 'caption' }, turns: [{ role: 'assistant', text: 'A dog.' }] });
  expect(answer('molmo-folders').asked).toEqual({ kind: 'pointing', label: 'dog' });
  expect(targets('open-clip-csv', doc).map(({ turns }) => turns[0]!.text)).toEqual(['A dog.']);
});

test('an answer that points is shown with its tags, as the loader makes them of placeholders', () => {
  const doc = after(
    () => authoring.addThread(AUTHOR_ID, 'Where?', 'At the left.'),
    (now) => authoring.addMark(now, AUTHOR_ID, now.turn[1]!.id, 7, 'left', undefined, 11),
    (now) => authoring.addPoint(now, now.pointSet[0]!.id, 10, 20),
  );
  for (const profile of ['pixmo-parquet', 'molmo-folders'] as const) {
    const [explained] = targets(profile, doc).filter(({ table }) => table === 'point-explanations');
    expect(explained!.turns.at(-1)!.text).toContain('<point x="10.0" y="20.0" alt="left">left</point>');
    expect(explained!.points).toEqual([{ x: 10, y: 20, as: '10.0, 20.0' }]);
  }
});

test('whatever was written, every example belongs to a row, its points lie on the picture, and rows hold nothing that JSON cannot', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 25 }), fc.constantFrom(...exportProfiles), (actions, profile) => {
      const doc = actions.reduce((now, action) => applyOps(now, opsOf(now, action)).doc, startDoc());
      const rows = rowsOf(profile, doc);
      const made = targetsOf(profile, rows, size);
      for (const target of made) expect(rows[target.table]![target.row]).toBeDefined();
      for (const list of Object.values(rows)) {
        for (const row of list) {
          const shown = shownRow(row, '/media/image/x');
          expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
          expect(JSON.stringify(shown)).not.toContain('"0":1');
        }
      }
      for (const { points } of made) {
        for (const { x, y } of points) expect(x >= 0 && x <= 100.2 && y >= 0 && y <= 100.2).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('special words stand apart and nothing of the text is lost', () => {
  expect(segmentsOf('<image>\nPoint <loc0256> <b>').map(({ text, special }) => [text, special])).toEqual([
    ['<image>', true],
    ['\nPoint ', false],
    ['<loc0256>', true],
    [' <b>', false],
  ]);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const joined = segmentsOf(text).map((part) => part.text);
      expect(joined.join('')).toBe(text);
    }),
  );
});

test('Qwen2.5-VL sees 640 x 480 as 644 x 476, in tokens of 28 pixels', () => {
  expect(imageView('qwen25-vl', size)).toMatchObject({ canvas: { widthPx: 644, heightPx: 476 }, tokens: { count: 23 * 17, atMost: false } });
});

test('Molmo cuts overlapping crops of 336 pixels, as many as fit with the least enlargement and twelve at most', () => {
  // Sizes and tilings that its own select_tiling gave.
  expect(molmoTiling({ widthPx: 640 - 112, heightPx: 480 - 112 }, 224, 12)).toEqual({ rows: 2, columns: 3 });
  expect(molmoTiling({ widthPx: 4000, heightPx: 3000 }, 224, 12)).toEqual({ rows: 3, columns: 4 });
  expect(molmoTiling({ widthPx: 300 - 112, heightPx: 2000 - 112 }, 224, 12)).toEqual({ rows: 9, columns: 1 });
  expect(molmoTiling({ widthPx: 112 - 112, heightPx: 300 - 112 }, 224, 12)).toEqual({ rows: 1, columns: 1 });
  expect(molmoTiling({ widthPx: 10 - 112, heightPx: 10 - 112 }, 224, 12)).toEqual({ rows: 1, columns: 1 });
  const view = imageView('molmo-folders', size)!;
  expect(view.canvas).toEqual({ widthPx: 3 * 224 + 112, heightPx: 2 * 224 + 112 });
  expect(view.tiles).toHaveLength(6);
  expect(view.tiles.at(-1)).toEqual({ x: 448, y: 224, width: 336, height: 336 });
});

test('LLaVA-NeXT pads into the grid that keeps the most, InternVL stretches into the nearest shape, CLIP sees the middle', () => {
  expect(imageView('llava', size)).toMatchObject({ canvas: { widthPx: 672, heightPx: 672 }, picture: { x: 0, y: 84, width: 672, height: 504 } });
  expect(imageView('internvl', size)).toMatchObject({ canvas: { widthPx: 4 * 448, heightPx: 3 * 448 }, tokens: { count: 13 * 256 } });
  const clip = imageView('open-clip-tar', size)!;
  expect(clip.picture).toMatchObject({ width: 298, height: 224, y: 0 });
  expect(seenShare(clip)).toBeCloseTo(224 / 298, 3);
});

test('whatever the size, tiles lie on the canvas and cover it, and the whole picture is on it where nothing is cut', () => {
  const side = fc.integer({ min: 1, max: 9000 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(...exportProfiles), (widthPx, heightPx, profile) => {
      fc.pre(Math.max(widthPx, heightPx) / Math.min(widthPx, heightPx) < 100);
      const view = imageView(profile, { widthPx, heightPx });
      if (!view) return;
      const { canvas, picture, tiles, fit } = view;
      if (fit !== 'crop')
        expect(picture.x >= 0 && picture.y >= 0 && picture.x + picture.width <= canvas.widthPx && picture.y + picture.height <= canvas.heightPx).toBe(true);
      expect(Math.max(canvas.widthPx, ...tiles.map(({ x, width }) => x + width))).toBe(canvas.widthPx);
      expect(Math.max(canvas.heightPx, ...tiles.map(({ y, height }) => y + height))).toBe(canvas.heightPx);
    }),
  );
});
