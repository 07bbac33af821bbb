/**
 * A register holds one thing that can be wanted differently: a text, a place, whether a row is there. Each write stands on those that its author saw, so that
 * the writes form lines that part and meet; at the end of each line is what somebody wants. A line that changed nothing since it parted gives way.
 */
import { sameValue } from './same-value.ts';

export interface Write<V> {
  /** Index of its event; -1 for what was there before. */
  readonly at: number;
  readonly value: V;
  readonly on: readonly Write<V>[];
  /** A person decided this, having both sides before them; only another decision stands against it. */
  readonly decided: boolean;
  /** Later writes that stand on it. */
  readonly next: Write<V>[];
  /** Decisions over it and their undoing, in the order of replay. */
  readonly marks: { readonly at: number; readonly closed: boolean }[];
}
/** What is seen of a register. */
export interface Resolved<V> {
  /** What stands; null where nothing is there, or nothing but what lost. */
  readonly winner: Write<V> | null;
  readonly value: V | null;
  /** What others want and what does not stand. */
  readonly lost: readonly Write<V>[];
}
/** Whether an event (or the reader at the end, who sees all) had seen another. */
export type Seen = (a: number, b: number) => boolean;
/** How values that part are brought together without a person; null leaves it to a person. */
export type Unite<V> = (values: readonly V[]) => V | null;

export class Register<V> {
  readonly writes: Write<V>[] = [];
  readonly #seen: Seen;
  readonly #unite: Unite<V> | null;
  readonly #tips = new Set<Write<V>>();

  constructor(seen: Seen, unite: Unite<V> | null = null) {
    this.#seen = seen;
    this.#unite = unite;
  }

  /** What was there before any write, as seen from event `at` on. */
  root(value: V, at = -1): void {
    const made: Write<V> = { at, value, on: [], decided: false, next: [], marks: [] };
    this.writes.push(made);
    this.#tips.add(made);
  }

  /** What event `viewer` has before it; Infinity is the reader at the end, who sees all. */
  resolve(viewer: number): Resolved<V> {
    const ends = this.#ends(viewer);
    if (ends.length === 1 && ends[0]!.marks.length === 0) return { winner: ends[0]!, value: ends[0]!.value, lost: [] };
    if (ends.length === 0) return { winner: null, value: null, lost: [] };
    const open = ends.filter((write) => !this.#isClosed(write, viewer));
    const from = open.length > 0 ? open : ends;
    const live = from.filter((write) => !from.some((other) => other !== write && this.#givesWay(write, other)));
    const wanted = live.length > 0 ? live : from;
    const winner = wanted.reduce((a, b) => (b.at > a.at ? b : a));
    if (open.length === 0) return { winner: null, value: winner.value, lost: [] };
    const others = wanted.filter((write) => !sameValue(write.value, winner.value));
    const united = others.length > 0 && this.#unite ? this.#unite([winner, ...others].map((write) => write.value)) : null;
    return united === null ? { winner, value: winner.value, lost: others } : { winner, value: united, lost: [] };
  }

  /** Writes as event `at`, on what that has seen. What lost stays beside it until somebody decides. */
  write(at: number, value: V, decided = false): void {
    const { value: before, lost, winner } = this.resolve(at);
    if (!decided && winner !== null && sameValue(before, value)) return;
    // What was decided over stays apart too: the decision may be taken back.
    const on = this.#ends(at).filter((write) => !lost.includes(write) && !this.#isClosed(write, at));
    const made: Write<V> = { at, value, on, decided, next: [], marks: [] };
    for (const write of on) {
      write.next.push(made);
      this.#tips.delete(write);
    }
    this.writes.push(made);
    this.#tips.add(made);
  }

  /** Decides over the writes of these events, or takes that back. */
  mark(at: number, isOver: (at: number) => boolean, closed: boolean): void {
    for (const write of this.writes) if (isOver(write.at)) write.marks.push({ at, closed });
  }

  /** Writes that nothing was put on and nobody decided over. */
  ends(): readonly Write<V>[] {
    return [...this.#tips].filter((write) => !this.#isClosed(write, Infinity));
  }

  #sees(viewer: number, at: number): boolean {
    return at === -1 || viewer === Infinity || viewer === at || this.#seen(viewer, at);
  }
  /** Ends of lines as the viewer has them: from the very ends back to what was seen. Where all lines meet in one end that was seen, that is all. */
  #ends(viewer: number): Write<V>[] {
    const found = new Set<Write<V>>();
    const done = new Set<Write<V>>();
    const todo = [...this.#tips];
    for (let write = todo.pop(); write; write = todo.pop()) {
      if (this.#sees(viewer, write.at)) found.add(write);
      else for (const under of write.on) if (!done.has(under) && done.add(under)) todo.push(under);
    }
    return found.size < 2 ? [...found] : [...found].filter((write) => !write.next.some((next) => this.#sees(viewer, next.at)));
  }
  #isClosed(write: Write<V>, viewer: number): boolean {
    return write.marks.findLast((mark) => this.#sees(viewer, mark.at))?.closed ?? false;
  }

  /** Whether a line has nothing of its own beside another: its value is what it had seen of that other line. */
  #givesWay(write: Write<V>, other: Write<V>): boolean {
    if (write.at >= 0 && this.#sees(write.at, other.at)) return false;
    if (write.decided && other.decided) return false;
    const met: Write<V>[] = [];
    const todo: Write<V>[] = [...other.on];
    const done = new Set<Write<V>>();
    for (let next = todo.pop(); next; next = todo.pop()) {
      if (done.has(next)) continue;
      done.add(next);
      if (next === write || next.at === -1 || (write.at >= 0 && this.#sees(write.at, next.at))) met.push(next);
      else todo.push(...next.on);
    }
    return met.length > 0 && met.every((shared) => sameValue(shared.value, write.value));
  }
}
