/**
 * Brings work together that was done apart. Each thing that can be wanted differently (a field of a row, the place of a point, whether a row is there) is a
 * register that knows who had seen what. Two edits are a conflict only where neither author had seen the other's and both changed the same thing to different
 * values; whatever the order in which logs were united, the events are the same, and so is the result.
 */
import type { Causality } from './causality.ts';
import type { Conflict, Kept, Side } from './conflict.ts';
import type { EditEvent } from './events.ts';
import { type Doc, type ImageState, type Kind, kinds } from './model.ts';
import { hashText, type Op, parentOf } from './ops.ts';
import { Register, type Unite, type Write } from './registers.ts';
import { sameValue } from './same-value.ts';
import { formatSweep, parseSweep } from './sweep.ts';

type AnyRow = Record<string, unknown> & { readonly id: string };
interface Item {
  readonly kind: Kind;
  readonly id: string;
  /** The row as it was at first, and the event that added it (-1 where it was there before). */
  readonly first: AnyRow;
  readonly since: number;
  readonly exists: Register<boolean>;
  readonly fields: Map<string, Register<unknown>>;
}

/** From the least to the most finished: where people left an image at different points of the work, it is no further than the least of them says. */
const STATE_ORDER: readonly string[] = ['todo', 'draft', 'returned', 'submitted', 'in-review', 'accepted'];
const uniteStates: Unite<unknown> = (values) => {
  const states = values as ImageState[];
  // Two people judged the same work differently: that is for a person.
  if (states.includes('accepted') && states.includes('returned')) return null;
  return states.reduce((a, b) => (STATE_ORDER.indexOf(b) < STATE_ORDER.indexOf(a) ? b : a));
};
/** Cells that either saw were seen; of different grids the one of the last event stands. */
const uniteSweeps: Unite<unknown> = (values) => {
  const sweeps = values.flatMap((value) => parseSweep((value ?? undefined) as string | undefined) ?? []);
  const [first] = sweeps;
  if (!first || sweeps.some((sweep) => sweep.columns !== first.columns || sweep.rows !== first.rows)) return values[0] ?? null;
  return formatSweep({ ...first, seen: first.seen.map((_was, cell) => sweeps.some((sweep) => sweep.seen[cell])) });
};
/** The reason goes with the state. */
const uniteReasons: Unite<unknown> = (values) => values.find((value) => value !== null && value !== undefined) ?? null;
function uniteOf(kind: Kind, field: string): Unite<unknown> | null {
  if ((kind === 'status' || kind === 'assignment') && field === 'state') return uniteStates;
  if (kind === 'status' && field === 'returnReason') return uniteReasons;
  return kind === 'pointSet' && field === 'sweep' ? uniteSweeps : null;
}

/** Fields that make sense only together. */
const registerOf = (kind: Kind, field: string): string => (kind === 'point' && (field === 'xPct' || field === 'yPct') ? 'position' : field);
const valueOf = (row: AnyRow, register: string): unknown => (register === 'position' ? [row['xPct'], row['yPct']] : (row[register] ?? null));

/** The document of an image after all these events; `base` is what it was after the first `causality.common` of them. */
export function mergeDoc(base: Doc, events: readonly EditEvent[], causality: Causality): Doc {
  const merge = new Merge(base, events, causality);
  for (let index = causality.common; index < events.length; index++) merge.apply(index);
  return merge.result();
}

/** The same an event at a time, for whoever looks at what was there in between. `apply` takes the events from `causality.common` on, in order. */
export const mergeSteps = (base: Doc, events: readonly EditEvent[], causality: Causality): { apply(index: number): void; result(): Doc } =>
  new Merge(base, events, causality);

class Merge {
  readonly #base: Doc;
  readonly #events: readonly EditEvent[];
  readonly #causality: Causality;
  readonly #items = new Map<string, Item>();

  constructor(base: Doc, events: readonly EditEvent[], causality: Causality) {
    this.#base = base;
    this.#events = events;
    this.#causality = causality;
    for (const kind of kinds) for (const row of base[kind]) this.#newItem(kind, row as unknown as AnyRow, -1).exists.root(true);
  }

  apply(at: number): void {
    const { ops } = this.#events[at]!;
    const decided = new Set(ops.flatMap((op) => (op.op === 'settle' && !op.open ? [`${op.kind} ${op.id} ${op.field}`] : [])));
    for (const op of ops) this.#op(at, op, decided);
  }

  #op(at: number, op: Op, decided: ReadonlySet<string>): void {
    const id = 'row' in op ? op.row.id : op.id;
    const isDecided = (field: string | null) => decided.has(`${op.kind} ${id} ${field}`);
    const item = this.#items.get(`${op.kind} ${id}`);
    const write = (known: Item, field: string, value: unknown) => this.#field(known, field).write(at, value, isDecided(field));
    if (op.op === 'add') {
      const row = op.row as unknown as AnyRow;
      const known = item ?? this.#newItem(op.kind, row, at);
      known.exists.write(at, true, isDecided(null));
      for (const field of item ? registersOf(op.kind, known.first, row) : []) {
        if (known.fields.has(field) || !sameValue(valueOf(known.first, field), valueOf(row, field))) write(known, field, valueOf(row, field));
      }
    } else if (item === undefined) {
      // Who has seen its removal knows nothing of it, and a broken file may name anything.
    } else if (op.op === 'remove') {
      item.exists.write(at, false, isDecided(null));
    } else if (op.op === 'settle') {
      this.#settle(at, item, op.field, op.over, !op.open);
    } else if (op.op === 'text') {
      const text = spliced(this.#field(item, 'text'), at, op);
      if (text !== null) write(item, 'text', text);
    } else {
      const after = op.after as Record<string, unknown>;
      for (const field of new Set(Object.keys(after).map((name) => registerOf(op.kind, name)))) {
        const [x, y] = field === 'position' ? (this.#field(item, field).resolve(at).value as [number, number]) : [0, 0];
        write(item, field, field === 'position' ? [after['xPct'] ?? x, after['yPct'] ?? y] : after[field]);
      }
    }
  }

  #newItem(kind: Kind, first: AnyRow, since: number): Item {
    const item: Item = { kind, id: first.id, first, since, exists: new Register<boolean>(this.#causality.seen), fields: new Map() };
    this.#items.set(`${kind} ${first.id}`, item);
    return item;
  }
  #field(item: Item, field: string): Register<unknown> {
    let register = item.fields.get(field);
    if (!register) {
      register = new Register<unknown>(this.#causality.seen, uniteOf(item.kind, field));
      register.root(valueOf(item.first, field), item.since);
      item.fields.set(field, register);
    }
    return register;
  }

  #settle(at: number, item: Item, field: string | null, over: readonly string[], closed: boolean): void {
    const events = new Set(over);
    const isOver = (index: number) => index >= 0 && events.has(this.#events[index]!.id);
    if (field !== null) {
      const register = this.#field(item, field);
      register.mark(at, isOver, closed);
      if (closed) register.write(at, register.resolve(at).value, true);
      return;
    }
    // What was decided is whether the row is there, with all that belongs to it.
    for (const each of this.#withBelow(item)) {
      if (each !== item) each.exists.mark(at, isOver, closed);
      for (const register of each.fields.values()) register.mark(at, isOver, closed);
    }
    if (closed) item.exists.write(at, item.exists.resolve(at).winner?.value ?? false, true);
  }

  #parent(item: Item): Item | undefined {
    const parent = parentOf[item.kind];
    return parent && this.#items.get(`${parent.kind} ${String(item.first[parent.field])}`);
  }
  /** What it belongs to for a person who reads of a conflict: a label inside an answer belongs to that answer. */
  #owner(item: Item): Item | undefined {
    const turn = item.kind === 'pointSet' ? item.first['turnId'] : undefined;
    return this.#parent(item) ?? (turn === undefined ? undefined : this.#items.get(`turn ${turn as string}`));
  }
  #withBelow(top: Item): Item[] {
    const isBelow = (item: Item | undefined): boolean => item !== undefined && (item === top || isBelow(this.#owner(item)));
    return [...this.#items.values()].filter(isBelow);
  }
  #isThere(item: Item): boolean {
    const own = item.exists.resolve(Infinity);
    if (own.winner?.value !== true) return false;
    const parent = parentOf[item.kind];
    if (!parent) return true;
    const above = this.#parent(item);
    return above !== undefined && this.#isThere(above);
  }

  result(): Doc {
    const rows = Object.fromEntries(kinds.map((kind) => [kind, [] as AnyRow[]])) as Record<Kind, AnyRow[]>;
    const conflicts: Conflict[] = [];
    const undone = new Map<Item, Item[]>();
    for (const item of this.#items.values()) {
      if (this.#isThere(item)) {
        rows[item.kind].push(this.#row(item));
        for (const [field, register] of item.fields) {
          const { winner, value, lost } = register.resolve(Infinity);
          if (lost.length > 0) conflicts.push(this.#conflict(item, field, { ...this.#side([firstOf(winner!)]), value }, groupsOf(lost)));
        }
      } else if (this.#isMissed(item)) {
        const top = this.#topGone(item);
        undone.set(top, [...(undone.get(top) ?? []), item]);
      }
    }
    for (const [item, missed] of undone) conflicts.push(this.#removal(item, missed));
    for (const kind of kinds) rows[kind].sort((a, b) => (a.id < b.id ? -1 : 1));
    conflicts.sort((a, b) => order(`${a.kind} ${a.id} ${a.field}`, `${b.kind} ${b.id} ${b.field}`));
    return { ...this.#base, ...rows, conflicts } as unknown as Doc;
  }

  #row(item: Item): AnyRow {
    const row: Record<string, unknown> = { ...item.first };
    for (const [field, register] of item.fields) {
      const { value } = register.resolve(Infinity);
      if (field === 'position') [row['xPct'], row['yPct']] = value as [number, number];
      else if (value === null || value === undefined) delete row[field];
      else row[field] = value;
    }
    return row as AnyRow;
  }

  #topGone(item: Item): Item {
    const above = this.#owner(item);
    return above && !this.#isThere(above) ? this.#topGone(above) : item;
  }
  /** Writes of a row that is gone which its removal did not know of, and which did not know of the removal. */
  #missedWrites(item: Item): Write<unknown>[] {
    const removal = this.#removalOf(item);
    if (removal === null) return [];
    const isReopened = (write: Write<unknown>) => write.marks.at(-1)?.closed === false;
    const isApart = (write: Write<unknown>) => isReopened(write) || (write.at >= 0 && !this.#sees(removal.at, write.at) && !this.#sees(write.at, removal.at));
    // A row that somebody added below one that another removed.
    const isThere = item.exists.resolve(Infinity).winner?.value === true;
    const added = item.exists.ends().filter((write) => write.value && isApart(write) && (isThere || isReopened(write)));
    const changed = [...item.fields.values()].flatMap((register) => {
      const known = register.resolve(removal.at);
      return register.ends().filter((write) => isApart(write) && (isReopened(write) || !(known.winner && sameValue(known.value, write.value))));
    });
    return [...added, ...changed];
  }
  #isMissed(item: Item): boolean {
    return this.#missedWrites(item).length > 0;
  }
  /** The write that took the row away, or the one that took away what it belongs to. */
  #removalOf(item: Item): Write<boolean> | null {
    const { winner } = item.exists.resolve(Infinity);
    if (winner && !winner.value) return winner;
    const above = this.#parent(item);
    return winner && above ? this.#removalOf(above) : null;
  }
  #sees = (a: number, b: number): boolean => b === -1 || a === b || (a >= 0 && this.#causality.seen(a, b));

  #removal(item: Item, missed: readonly Item[]): Conflict {
    const writes = missed.flatMap((each) => this.#missedWrites(each));
    const removal = this.#removalOf(item);
    const wasThere = this.#withBelow(item).filter((each) => missed.includes(each) || each === item || this.#wentWith(each, removal));
    const rows = wasThere.map((each) => ({ kind: each.kind, row: this.#row(each) }) as unknown as Kept['rows'][number]);
    rows.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || order(a.row.id, b.row.id));
    const value: Kept = { rows };
    const stands = removal ? this.#side([removal]) : this.#side(writes);
    return {
      kind: item.kind,
      id: item.id,
      field: null,
      reason: 'removed-elsewhere',
      stands: { ...stands, value: null },
      lost: [{ ...this.#side(writes), value }],
    };
  }
  /** Whether a row was taken away by the same edit as the one it belongs to. */
  #wentWith(item: Item, removal: Write<boolean> | null): boolean {
    const { winner } = item.exists.resolve(Infinity);
    return winner !== null && (winner.value || winner.at === removal?.at);
  }

  #conflict(item: Item, field: string, stands: Side, lost: readonly (readonly Write<unknown>[])[]): Conflict {
    return { kind: item.kind, id: item.id, field, reason: 'changed-elsewhere', stands, lost: lost.map((writes) => this.#side(writes)) };
  }
  #side(writes: readonly Write<unknown>[]): Side {
    const sorted = writes.toSorted((a, b) => b.at - a.at);
    const last = sorted.find((write) => write.at >= 0);
    const event = this.#events[last?.at ?? 0]!;
    const events = [...new Set(sorted.flatMap((write) => (write.at >= 0 ? [this.#events[write.at]!.id] : [])))];
    return { events, userId: event.userId, at: event.at, value: sorted[0]!.value };
  }
}

/** Who wanted a value first: a decision to leave what stands is not its author. */
function firstOf(write: Write<unknown>): Write<unknown> {
  const [under] = write.on;
  return write.on.length === 1 && under && under.at >= 0 && sameValue(under.value, write.value) ? firstOf(under) : write;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Registers that two versions of a row may differ in. */
function registersOf(kind: Kind, a: AnyRow, b: AnyRow): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)].filter((field) => field !== 'id').map((field) => registerOf(kind, field)))];
}

/** Writes that want the same together, the last first. */
function groupsOf(writes: readonly Write<unknown>[]): Write<unknown>[][] {
  const groups: Write<unknown>[][] = [];
  for (const write of writes.toSorted((a, b) => b.at - a.at)) {
    const group = groups.find(([first]) => sameValue(first!.value, write.value));
    if (group) group.push(write);
    else groups.push([write]);
  }
  return groups;
}

/** The text after a splice, made on what its author saw of it; null where there is no such text, so that none is garbled. */
function spliced(register: Register<unknown>, at: number, op: Extract<Op, { op: 'text' }>): string | null {
  const fits = (text: unknown): text is string =>
    typeof text === 'string' && hashText(text) === op.hashBefore && text.slice(op.at, op.at + op.del.length) === op.del;
  const shown = register.resolve(at).value;
  // A package without the work of others shows less than its author's whole log: then the last text that it fits is meant.
  const text = fits(shown) ? shown : register.writes.findLast((write) => fits(write.value))?.value;
  return fits(text) ? text.slice(0, op.at) + op.ins + text.slice(op.at + op.del.length) : null;
}
