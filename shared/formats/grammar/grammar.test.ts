import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bin1024, pixels, resizedPixels, roundHalfEven, smartResize, qwen25Resize, thousandths } from './coordinates.ts';
import { internvlGrammar, molmo2Grammar, molmoGrammar, paligemmaGrammar, qwen25Grammar, qwenRelativeGrammar } from './grammar.ts';

const size = { widthPx: 640, heightPx: 480 };
const point = [{ x: 25, y: 25 }];

test('one point in every grammar is the golden row that each consumer documents', () => {
  expect(molmoGrammar.answer(point, 'dog', 'pointing', size)).toBe('<point x="25.0" y="25.0" alt="dog">dog</point>');
  expect(molmo2Grammar.answer(point, 'dog', 'pointing', size)).toBe('<points coords="1 1 250 250">dog</points>');
  expect(qwen25Grammar.answer(point, 'dog', 'pointing', size)).toBe('[{"point_2d":[161,119],"label":"dog"}]');
  expect(qwenRelativeGrammar.answer(point, 'dog', 'pointing', size)).toBe('[{"point_2d":[250,250],"label":"dog"}]');
  expect(internvlGrammar.answer(point, 'dog', 'pointing', size)).toBe('<point>[[250,250]]</point>');
  expect(paligemmaGrammar.answer(point, 'dog', 'pointing', size)).toBe('<loc0256><loc0256> dog');
  expect(pixels(point[0]!, size)).toEqual([160, 120]);
});

test('Molmo2 writes three digits at least and sorts after rounding', () => {
  const points = [
    { x: 90, y: 40 },
    { x: 1.04, y: 9 },
    { x: 0.96, y: 10 },
  ];
  expect(molmo2Grammar.inline(points, 'a', size)).toBe('<points coords="1 1 010 090 2 010 100 3 900 400">a</points>');
  expect(molmo2Grammar.answer([{ x: 100, y: 0 }], 'Cat', 'counting', size)).toBe('Counting the <points coords="1 1 1000 000">cat</points> shows a total of 1.');
});

test('Qwen2.5-VL images have sides of multiples of 28 within its bounds, as smart_resize has it', () => {
  expect(smartResize(size, qwen25Resize)).toEqual({ widthPx: 644, heightPx: 476 });
  expect(smartResize({ widthPx: 4000, heightPx: 3000 }, qwen25Resize)).toEqual({ widthPx: 1148, heightPx: 840 });
  expect(smartResize({ widthPx: 30, heightPx: 40 }, qwen25Resize)).toEqual({ widthPx: 56, heightPx: 84 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }), (widthPx, heightPx) => {
      fc.pre(Math.max(widthPx, heightPx) / Math.min(widthPx, heightPx) < 200);
      const made = smartResize({ widthPx, heightPx }, qwen25Resize);
      expect(made.widthPx % 28).toBe(0);
      expect(made.heightPx % 28).toBe(0);
    }),
  );
});

test('whatever the point, every number stays inside what its model allows', () => {
  const percent = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(percent, percent, (x, y) => {
      for (const value of thousandths({ x, y })) expect(Number.isInteger(value) && value >= 0 && value <= 1000).toBe(true);
      const [px, py] = resizedPixels({ x, y }, size);
      expect(px >= 0 && px <= 643 && py >= 0 && py <= 475).toBe(true);
      expect(bin1024(x)).toBeLessThanOrEqual(1023);
    }),
  );
});

test('half is rounded to even, as Python does', () => {
  expect([0.5, 1.5, 2.5, 3.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 4, 2, 3]);
});

test('thousandths are those of the models’ own Python, round(1000 * (percent / 100)), over all values with two decimals', () => {
  const all = Array.from({ length: 10_001 }, (_, n) => thousandths({ x: n / 100, y: 0 })[0]);
  expect([35, 45, 65, 185, 445, 1225].map((n) => all[n])).toEqual([3, 5, 7, 19, 45, 122]);
  // zlib.crc32(','.join('%03d' % round(1000 * (i / 100 / 100)) for i in range(10001)).encode()) of CPython.
  expect(crc32(all.map((value) => String(value).padStart(3, '0')).join(','))).toBe(2_531_719_524);
  const tags = all.map((_, n) => molmo2Grammar.inline([{ x: n / 100, y: 0 }], 'a', size));
  expect(tags).toEqual(all.map((value) => `<points coords="1 1 ${String(value).padStart(3, '0')} 000">a</points>`));
});

test('where a label is not in the image every grammar says so in words, and counting says the number', () => {
  for (const grammar of [molmoGrammar, molmo2Grammar, qwen25Grammar, qwenRelativeGrammar, internvlGrammar, paligemmaGrammar]) {
    expect(grammar.answer([], 'dog', 'counting', size)).toBe('There are none.');
    expect(grammar.answer([...point, { x: 50, y: 50 }], 'dog', 'counting', size)).toContain('2');
  }
});
