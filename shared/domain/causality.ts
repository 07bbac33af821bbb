/**
 * Who had seen what. An event names the events that it was made on; what came about elsewhere meanwhile is none of them, whatever its revision. The log is
 * cut into lines of work, and each event keeps how far along each line it saw (a vector clock), so that asking costs one comparison.
 */
import type { EditEvent } from './events.ts';

export interface Causality {
  /** Whether who made the event at index `a` had seen the one at `b`. An event has not seen itself. */
  seen(a: number, b: number): boolean;
  /** How many events at the beginning follow each other and were seen by all later ones. */
  readonly common: number;
  /** Indexes of the events that no other was made on. */
  readonly heads: readonly number[];
}

/** `events` in the order of replay. Events of before parents were kept follow the one before them on their device, as no log had been merged then. */
export function causalityOf(events: readonly EditEvent[]): Causality {
  const indexOf = new Map(events.map((event, index) => [event.id, index]));
  const line: number[] = [];
  const place: number[] = [];
  /** For each event how far along each line it saw, but for its own line, where that is its own place. */
  const clocks: (readonly number[])[] = [];
  const tips: number[] = [];
  const isParent = new Uint8Array(events.length);
  let linear = 0;
  for (const index of events.keys()) {
    const parents = parentsOf(events, index, indexOf);
    for (const parent of parents) isParent[parent] = 1;
    if (linear === index && (index === 0 ? parents.length === 0 : parents.length === 1 && parents[0] === index - 1)) linear = index + 1;
    const follows = parents.find((parent) => tips[line[parent]!] === parent);
    const own = follows === undefined ? tips.length : line[follows]!;
    line.push(own);
    place.push(follows === undefined ? 0 : place[follows]! + 1);
    tips[own] = index;
    if (parents.length === 1 && follows !== undefined) {
      clocks.push(clocks[follows]!);
      continue;
    }
    const clock: number[] = [];
    for (const parent of parents) {
      for (const [at, far] of clocks[parent]!.entries()) if (far !== undefined) clock[at] = Math.max(clock[at] ?? -1, far);
      clock[line[parent]!] = Math.max(clock[line[parent]!] ?? -1, place[parent]!);
    }
    clocks.push(clock);
  }
  const seen = (a: number, b: number) => (line[a] === line[b] ? place[b]! < place[a]! : (clocks[a]![line[b]!] ?? -1) >= place[b]!);
  let common = linear;
  for (let index = linear; index < events.length && common > 0; index++) while (common > 0 && !seen(index, common - 1)) common--;
  return { seen, common, heads: events.flatMap((_event, index) => (isParent[index] ? [] : [index])) };
}

function parentsOf(events: readonly EditEvent[], index: number, indexOf: ReadonlyMap<string, number>): number[] {
  const { parents, rev, deviceId } = events[index]!;
  // A parent that is not here is in another copy only (a package without the work of others); one that comes later is no parent.
  if (parents) return [...new Set(parents.flatMap((id) => indexOf.get(id) ?? []))].filter((parent) => parent < index);
  let end = index;
  while (end > 0 && events[end - 1]!.rev >= rev) end--;
  if (end === 0) return [];
  const before = events[end - 1]!.rev;
  const all: number[] = [];
  for (let at = end - 1; at >= 0 && events[at]!.rev === before; at--) all.push(at);
  const own = all.filter((at) => events[at]!.deviceId === deviceId);
  return own.length > 0 ? own : all;
}
