import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareAsMolmo, molmoAnswer, pointsToText, roundLikeNumpy } from './molmo.ts';

const points = (...list: [number, number][]) => list.map(([x, y]) => ({ x, y }));

test('points are written as Molmo writes them (golden vectors from numpy 2.4)', () => {
  expect(pointsToText(points([79.87, 71.57]), 'dog')).toBe('<point x="79.9" y="71.6" alt="dog">dog</point>');
  expect(pointsToText(points([50.05, 10], [12.34, 90.06], [12.34, 3.25]), 'dog')).toBe(
    '<points x1="12.3" y1="3.2" x2="12.3" y2="90.1" x3="50.0" y3="10.0" alt="dog">dog</points>',
  );
  const pixels = points([(639 / 640) * 100, 0], [0, (479 / 480) * 100]);
  expect(pointsToText(pixels, 'cup')).toBe('<points x1="0.0" y1="99.8" x2="99.8" y2="0.0" alt="cup">cup</points>');
  expect(pointsToText(points([25, 25]), 'dog')).toBe('<point x="25.0" y="25.0" alt="dog">dog</point>');
});

test('rounding differs from toFixed in 502 and from Math.round in 500 of the values from 0.00 to 100.00, as counted against numpy', () => {
  let toFixed = 0;
  let mathRound = 0;
  for (let i = 0; i <= 10_000; i++) {
    const value = i / 100;
    const ours = roundLikeNumpy(value).toFixed(1);
    if (value.toFixed(1) !== ours) toFixed++;
    if ((Math.round(value * 10) / 10).toFixed(1) !== ours) mathRound++;
  }
  expect([toFixed, mathRound]).toEqual([502, 500]);
});

test('answers are in lower case, count where they should, and deny what is not there', () => {
  expect(molmoAnswer([], 'Dog', 'counting')).toBe('There are none.');
  expect(molmoAnswer(points([1, 2]), 'Red Dog', 'pointing')).toBe('<point x="1.0" y="2.0" alt="red dog">red dog</point>');
  expect(molmoAnswer(points([1, 2], [3, 4]), 'Dog', 'counting')).toBe(
    'Counting the <points x1="1.0" y1="2.0" x2="3.0" y2="4.0" alt="dog">dog</points> shows a total of 2.',
  );
});

test('the order is that of x*10000+y over rounded coordinates, and the same however the points were given', () => {
  const point = fc.record({ x: fc.double({ min: 0, max: 100, noNaN: true }), y: fc.double({ min: 0, max: 100, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 30 }), (list) => {
      const sorted = [...list].sort(compareAsMolmo);
      const keys = sorted.map(({ x, y }) => Math.round(roundLikeNumpy(x) * 10) * 100_000 + Math.round(roundLikeNumpy(y) * 10));
      expect(keys).toEqual([...keys].sort((a, b) => a - b));
      expect([...list].reverse().sort(compareAsMolmo)).toEqual(sorted);
    }),
  );
});
