import { expect, test } from 'vitest';
import { createBudget } from './budget.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('what fits goes in at once, the rest waits its turn', async () => {
  const budget = createBudget(10);
  const inside: string[] = [];
  const leave: Record<string, () => void> = {};
  for (const [name, size] of [
    ['a', 4],
    ['b', 4],
    ['large', 50],
    ['c', 1],
  ] as const) {
    void budget.enter(size).then((exit) => {
      inside.push(name);
      leave[name] = exit;
    });
  }
  await turn();
  expect(inside).toEqual(['a', 'b']);
  leave['a']!();
  leave['a']!();
  await turn();
  // `c` would fit, but then the large one might wait for ever.
  expect(inside).toEqual(['a', 'b']);
  leave['b']!();
  await turn();
  expect(inside).toEqual(['a', 'b', 'large']);
  leave['large']!();
  await turn();
  expect(inside).toEqual(['a', 'b', 'large', 'c']);
});
