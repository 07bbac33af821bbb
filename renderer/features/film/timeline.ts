/** When each edit is seen: the pace at which people worked, with their pauses made short, so that nobody watches a night go by. */
import type { EditEvent } from '../../../shared/domain/events.ts';

/** No edit is waited for longer than this, in milliseconds at speed 1. */
const LONGEST_MS = 1500;
/** Edits that were saved together are still seen one after the other. */
const SHORTEST_MS = 120;

/** For each event when it is done, in milliseconds from the start at speed 1; ever later. Edits that were merged in may lie before those they follow. */
export function timelineOf(events: readonly Pick<EditEvent, 'at'>[]): Float64Array {
  const times = new Float64Array(events.length);
  let time = 0;
  for (const [index, event] of events.entries()) {
    const gap = index === 0 ? LONGEST_MS / 2 : event.at - events[index - 1]!.at;
    time += Math.min(LONGEST_MS, Math.max(SHORTEST_MS, gap));
    times[index] = time;
  }
  return times;
}

/** How many events are done at this time. */
export function positionAt(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When this many events are just done. */
export const timeOf = (times: Float64Array, position: number): number => (position === 0 ? 0 : (times[Math.min(position, times.length) - 1] ?? 0));

/** How far the event after these is under way at this time, from 0 to 1. */
export function underWay(times: Float64Array, position: number, time: number): number {
  const begin = timeOf(times, position);
  const end = times[position];
  return end === undefined ? 0 : Math.min(1, Math.max(0, (time - begin) / (end - begin)));
}
