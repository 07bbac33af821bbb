/** Real files of other tools through the real import, judged by what is in them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ImportBench, importBench } from './testing-import.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const fixtures = path.resolve(import.meta.dirname, '../../../../shared/fixtures/annotations');
const absent = !existsSync(fixtures);
if (absent) console.warn('skipped: the annotation files of ../shared/fixtures are not here');
const real = (name: string) => path.join(fixtures, name);

let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
});
afterAll(() => bench.close());

test.skipIf(absent)('masks and scribbles of COCO panoptic and LabelMe are no photos, and each is told', async () => {
  const panoptic = await bench.run(real('datumaro/coco_dataset/coco_panoptic'));
  expect(panoptic.result.images.added).toBe(2);
  expect(panoptic.reasons).toEqual(['mask-picture x2']);
  expect(panoptic.extra).toContain('segments_info');
  const labelme = await bench.run(real('datumaro/labelme_dataset'));
  expect(labelme.result.images.added).toBe(1);
  expect(labelme.reasons).toEqual(['shape-mask x7', 'mask-picture x4']);
});

test.skipIf(absent)('CVAT’s images and video give points by the frame, and what is no point or was interpolated is told', async () => {
  const images = await bench.run(real('datumaro/cvat_dataset/for_images'));
  expect(images.result).toMatchObject({ changed: 2, labels: 7, points: 9 });
  expect(images.reasons).toEqual(['keypoint-unlabelled x2', 'shape-box', 'shape-other', 'shape-mask']);
  const video = await bench.run(real('datumaro/cvat_dataset/for_video'));
  expect(video.result).toMatchObject({ rows: 6, changed: 1, labels: 1, points: 3 });
  expect(video.reasons).toEqual(['machine-made x2', 'shape-box', 'shape-other']);
});

test.skipIf(absent)('categories, boxes, outlines and crowds of COCO are kept beside their images', async () => {
  const labels = await bench.run(real('datumaro/coco_dataset/coco_labels'));
  expect(labels.extra.match(/"category":"/g)).toHaveLength(3);
  const boxes = await bench.run(real('datumaro/coco_dataset/coco_instances'));
  expect(boxes.reasons).toEqual(['shape-mask x2', 'shape-box']);
  expect(boxes.extra).toContain('segmentation');
});

test.skipIf(absent)('of folders in which nobody speaks of images, every file that was not read is named', async () => {
  const yolo = await bench.run(real('label-studio-converter/data/test_import_yolo_data'));
  expect(yolo.result.images.added).toBe(7);
  expect(yolo.reasons).toEqual(['not-a-caption x7', 'file-unknown']);
  const llava = await bench.run(real('llava'));
  expect(llava.reasons).toEqual(['image-not-found x260', 'file-unknown x2']);
});
