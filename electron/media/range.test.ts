import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRange } from './range.ts';

test('whatever is asked, an answered range lies within the file and is not empty', () => {
  const part = fc.oneof(fc.nat(5000).map(String), fc.constant(''));
  fc.assert(
    fc.property(part, part, fc.nat(4000), (first, last, size) => {
      const range = parseRange(`bytes=${first}-${last}`, size);
      if (typeof range === 'string') return;
      expect(range[0]).toBeGreaterThanOrEqual(0);
      expect(range[1]).toBeGreaterThanOrEqual(range[0]);
      expect(range[1]).toBeLessThan(size);
    }),
    { numRuns: 500 },
  );
});

test.each([null, '', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=0-1,5-6', 'items=0-1', 'bytes=9-3'])('%s is answered with the whole', (header) => {
  expect(parseRange(header, 100)).toBe('whole');
});

test('the last zero bytes, and anything of an empty file, can not be answered', () => {
  expect([parseRange('bytes=-0', 100), parseRange('bytes=0-', 0), parseRange('bytes=-5', 0)]).toEqual(['unsatisfiable', 'unsatisfiable', 'unsatisfiable']);
});
