import { expect, test } from 'vitest';
import { isStale } from './changes.ts';

test('a change of images makes lists of images old, and leaves people and settings alone', () => {
  const topics = new Set(['images'] as const);
  expect(
    [
      'images.page',
      'images.facets',
      'project.current',
      'exports.preview',
      'exports.sample',
      'releases.diff',
      'releases.list',
      'app.info',
      'people.list',
      'jobs.list',
    ].filter((name) => isStale(name, topics)),
  ).toEqual(['images.page', 'images.facets', 'project.current', 'exports.preview', 'exports.sample', 'releases.diff']);
});

test('another project, and a stream that was away, make everything old', () => {
  expect(isStale('app.info', new Set(['project'] as const))).toBe(true);
  expect(isStale('jobs.list', new Set(['all'] as const))).toBe(true);
});
