import { expect, test } from 'vitest';
import { summarise } from '../domain/release-diff.ts';
import { releaseMarkdown } from './release-markdown.ts';

test('a difference is told with counts, distances and each image, and markup in texts is made harmless', () => {
  const changes = [
    { kind: 'answer-changed', before: 'Yes.', after: 'No | *never*', count: 1 },
    { kind: 'points-moved', before: 'dog', after: 'dog', count: 31, movedPct: 2.345 },
  ] as const;
  const text = releaseMarkdown(summarise('v3', 'v4', [{ imageId: 'a', name: 'a_b.jpg', sha256: '', changes }], [1, 2.345], 10));
  expect(text).toContain('| answers changed | 1 |\n| points moved | 31 |');
  expect(text).toContain('by 1.67 % of the diagonal in the median, 2.35 % at most');
  expect(text).toContain('## a\\_b.jpg\n\n- answer changed: “Yes.” → “No \\| \\*never\\*”\n- 31 points moved (“dog”, by 2.35 % at most)');
  expect(releaseMarkdown(summarise('v3', '', [], [], 10))).toBe('# v3 → now\n\nNothing changed.\n');
});
