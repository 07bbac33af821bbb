import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionAt, timelineOf, timeOf, underWay } from './timeline.ts';

const ats = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 60 }).map((times) => times.map((at) => ({ at })));

test('pauses are short, what was done at once is seen apart, and time never goes back', () => {
  const times = timelineOf([{ at: 0 }, { at: 400 }, { at: 400 }, { at: 90_000_000 }, { at: 10 }]);
  expect([...times]).toEqual([750, 1150, 1270, 2770, 2890]);
});

test('the time of a place leads back to that place, and the event after it is under way in between', () => {
  fc.assert(
    fc.property(ats, fc.nat(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (events, pick, part) => {
      const times = timelineOf(events);
      const position = pick % (times.length + 1);
      expect(positionAt(times, timeOf(times, position))).toBe(position);
      if (position === times.length) return;
      const between = timeOf(times, position) + (times[position]! - timeOf(times, position)) * part;
      expect(positionAt(times, between)).toBe(position);
      expect(underWay(times, position, between)).toBeCloseTo(part, 6);
    }),
  );
});
