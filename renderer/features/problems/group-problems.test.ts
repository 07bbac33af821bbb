import { expect, test } from 'vitest';
import type { ImportProblem, Refusal } from '../../../shared/domain/image.ts';
import { groupProblems, problemsAsText } from './group-problems.ts';

const problem = (name: string, reason: Refusal, detail: string | null = null): ImportProblem => ({
  jobId: '01890000-0000-7000-8000-000000000001',
  name,
  reason,
  detail,
});
const problems = [problem('a.jpg', 'truncated'), problem('b.txt', 'not-an-image'), problem('c.jpg', 'truncated', 'premature end'), problem('d.jpg', 'empty')];

test('files with the same reason stand together, the commonest reason first', () => {
  const groups = groupProblems(problems);
  expect(groups.map((group) => [group.reason, group.problems.length])).toEqual([
    ['truncated', 2],
    ['empty', 1],
    ['not-an-image', 1],
  ]);
});

test('no file is lost or told twice', () => {
  const told = groupProblems(problems).flatMap((group) => group.problems.map(({ name }) => name));
  expect(told.sort()).toEqual(['a.jpg', 'b.txt', 'c.jpg', 'd.jpg']);
});

test('the text names every reason, file and detail', () => {
  const text = problemsAsText(groupProblems(problems), (reason) => `It is ${reason}.`);
  expect(text).toBe('It is truncated. (2)\n  a.jpg\n  c.jpg: premature end\n\nIt is empty. (1)\n  d.jpg\n\nIt is not-an-image. (1)\n  b.txt');
});
