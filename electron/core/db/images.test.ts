import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/ids.ts';
import { type ImageFilter, imageFilterSchema } from '../../../shared/domain/image.ts';
import { addImageRow, tempProject, type TempProject } from '../testing/temp-project.ts';
import { imageIds, imagePage, imagePosition } from './images.ts';

let project: TempProject;
let added: string[];
beforeEach(() => {
  project = tempProject();
  const set = project.db.prepare(
    "INSERT INTO point_set (image_num, id, author_id, label, presence, method, created_at) VALUES (?, ?, ?, 'dog', 'present', 'pointing', 0)",
  );
  added = ['b dog.jpg', 'a cat.jpg', 'd dog.jpg', 'c dog.jpg', 'e.jpg'].map((name) => addImageRow(project.db, name));
  for (const num of [2, 3, 4]) set.run(num, newId(), project.me.userId);
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
  { text: 'dog', label: 'dog' },
  { text: 'dog', states: ['todo'], label: 'dog', sort: 'relevance' },
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
  expect(imageIds(project.db, imageFilterSchema.parse({ text: 'dog', label: 'dog' }), 0, 100)).toEqual([added[2], added[3]]);
});
