import { expect, test } from 'vitest';
import { heatColour } from './heat-layer.ts';

test('where nothing is seen the image stays clear, and more is never darker or more transparent', () => {
  expect(heatColour(0)[3]).toBe(0);
  expect(heatColour(60)[3]).toBe(0);
  const light = ([r, g, b]: readonly number[]) => 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  for (let value = 65; value < 255; value++) {
    const [now, next] = [heatColour(value), heatColour(value + 1)];
    expect(next[3]).toBeGreaterThanOrEqual(now[3]);
    expect(light(next)).toBeGreaterThanOrEqual(light(now) - 0.5);
  }
  expect(heatColour(255)).toEqual([255, 250, 215, 184]);
});
