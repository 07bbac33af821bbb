import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImageFilter, imageFilterSchema } from '../../../shared/domain/image.ts';
import { addImageRow, tempProject, type TempProject } from '../testing/temp-project.ts';
import { imageIds, imagePage, imagePosition } from './images.ts';

let project: TempProject;
let added: string[];
beforeEach(() => {
  project = tempProject();
  added = ['b dog.jpg', 'a cat.jpg', 'd dog.jpg', 'c dog.jpg', 'e.jpg'].map((name) => addImageRow(project.db, name));
});
afterEach(() => project.remove());

const filters: Partial<ImageFilter>[] = [
  {},
  { descending: true },
  { sort: 'name' },
  { sort: 'edited', descending: true },
  { text: 'dog' },
  { text: 'dog', sort: 'relevance' },
  { text: 'dog', sort: 'name', descending: true },
  { text: 'dog', states: ['todo'] },
  { excluded: 'only' },
];

test.each(filters)('pages, ids and positions tell of the same list: %j', (values) => {
  const filter = imageFilterSchema.parse(values);
  const { total, images } = imagePage(project.db, filter, 0, 100);
  const ids = imageIds(project.db, filter, 0, 100);
  expect(ids).toEqual(images.map(({ id }) => id));
  expect(total).toBe(ids.length);
  expect(imageIds(project.db, filter, 1, 2)).toEqual(ids.slice(1, 3));
  for (const [at, id] of ids.entries()) expect(imagePosition(project.db, filter, id)).toEqual({ position: at, total });
});

test('a list holds each of its images once', () => {
  expect(imageIds(project.db, imageFilterSchema.parse({}), 0, 100)).toEqual(added);
  expect(imageIds(project.db, imageFilterSchema.parse({ text: 'dog', sort: 'name' }), 0, 100)).toEqual([added[0], added[3], added[2]]);
});
