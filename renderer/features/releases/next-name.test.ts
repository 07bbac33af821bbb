import { expect, test } from 'vitest';
import { releaseName } from '../../../shared/domain/release.ts';
import { nextName } from './next-name.ts';

test('a new release is offered the number after the highest, whatever other names there are', () => {
  expect(nextName([])).toBe('v1');
  expect(nextName(['v2', 'pilot', 'v10', 'v3-again'])).toBe('v11');
  expect(releaseName.safeParse(nextName(['v999999'])).success).toBe(true);
});
