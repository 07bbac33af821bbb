/**
 * What several records say of one image, as work that a project can hold. Files of one import may say the same thing in several ways (PixMo has a
 * conversation whole, its questions one by one, and its answers with points): each is taken once, in its richest form.
 */
import { markedSets, answerParts, labelSets, readableAnswer } from '../../domain/point-mark.ts';
import type { Doc } from '../../domain/model.ts';
import { exportText, PLACEHOLDER } from '../work.ts';
import type { Xy } from '../columns.ts';

export interface WorkLabel {
  readonly label: string;
  readonly method: 'pointing' | 'counting';
  /** In percent; empty: not there. */
  readonly points: readonly Xy[];
  /** Whether the file had percent themselves: no rounding of pixels is in them. */
  readonly exact?: boolean;
}
export interface WorkTurn {
  readonly question: string;
  readonly answer: string;
  readonly places: readonly { readonly phrase: string; readonly points: readonly Xy[] }[];
}
export interface ImageWork {
  readonly captions: readonly string[];
  readonly threads: readonly (readonly WorkTurn[])[];
  readonly labels: readonly WorkLabel[];
}
/** What one file says; files of the same `source` number are parts of one. */
export interface SourcedWork extends ImageWork {
  readonly source: number;
  /** Whether labels of the same words are one label whose points came one by one. */
  readonly combines: boolean;
}

/** The answer as people read it. */
export function readableTurn({ answer, places }: WorkTurn): string {
  let next = 0;
  return places.length === 0 ? answer : exportText(answer.replaceAll(PLACEHOLDER, () => places[next++]?.phrase ?? ''));
}

interface Entry<T> {
  item: T;
  readonly seenBy: Set<number>;
  order: number;
}
/** Adds what is not there from another source yet; a source may say the same twice and mean it. */
function absorb<T>(entries: Entry<T>[], item: T, source: number, order: number, same: (a: T, b: T) => boolean): Entry<T> {
  const known = entries.find((entry) => !entry.seenBy.has(source) && same(entry.item, item));
  if (known) {
    known.seenBy.add(source);
    known.order = Math.min(known.order, order);
    return known;
  }
  const entry = { item, seenBy: new Set([source]), order };
  entries.push(entry);
  return entry;
}
const inOrder = <T>(entries: readonly Entry<T>[]): T[] => [...entries].sort((a, b) => a.order - b.order).map((entry) => entry.item);

/** Float32 pixels of a picture of 4,000 lose less than this, in percent. */
const SAME_PCT = 1e-4;
const near = (a: Xy, b: Xy) => Math.abs(a.x - b.x) < SAME_PCT && Math.abs(a.y - b.y) < SAME_PCT;
const byPlace = (a: Xy, b: Xy) => a.x - b.x || a.y - b.y;
/** Same points in any order, as far as floats of other files go. */
export function samePoints(a: readonly Xy[], b: readonly Xy[]): boolean {
  if (a.length !== b.length) return false;
  const [left, right] = [a.toSorted(byPlace), b.toSorted(byPlace)];
  return left.every((point, at) => near(point, right[at]!));
}
/** A label that is not there has no method: nobody pointed or counted. */
export const sameLabel = (a: WorkLabel, b: WorkLabel): boolean =>
  a.label === b.label && (a.method === b.method || a.points.length === 0) && samePoints(a.points, b.points);

const sameTurn = (a: WorkTurn, b: WorkTurn) => a.question === b.question && readableTurn(a) === readableTurn(b) && samePlaces(a, b);
/** An answer without its points is that answer with them. */
const samePlaces = (a: WorkTurn, b: WorkTurn) =>
  a.places.length === 0 ||
  b.places.length === 0 ||
  (a.places.length === b.places.length && a.places.every((place, at) => samePoints(place.points, b.places[at]!.points)));
const richer = (a: WorkTurn, b: WorkTurn) => (a.places.length >= b.places.length ? a : b);

function combined(labels: readonly WorkLabel[]): WorkLabel[] {
  const byLabel = new Map<string, WorkLabel>();
  for (const label of labels) {
    // What is not there is said apart from what is: a file that says both is taken at its word.
    const key = `${label.points.length > 0 ? '+' : '-'}${label.label}`;
    const known = byLabel.get(key);
    byLabel.set(key, known ? { ...known, points: [...known.points, ...label.points] } : label);
  }
  return [...byLabel.values()];
}

interface TurnEntry {
  turn: WorkTurn;
  readonly seenBy: Set<number>;
}
interface ThreadEntry {
  readonly turns: TurnEntry[];
  order: number;
}
/** Whole conversations first, as single questions are found in them. */
function mergeThreads(sources: readonly SourcedWork[]): WorkTurn[][] {
  const all = sources.flatMap(({ source, threads }) => threads.map((turns) => ({ source, turns })));
  const numbered = all.map((thread, order) => ({ ...thread, order })).filter(({ turns }) => turns.length > 0);
  const entries: ThreadEntry[] = [];
  for (const { source, turns, order } of numbered.toSorted((a, b) => b.turns.length - a.turns.length || a.order - b.order)) {
    const [only] = turns;
    const isFree = (entry: TurnEntry, turn: WorkTurn) => !entry.seenBy.has(source) && sameTurn(entry.turn, turn);
    const home =
      turns.length === 1
        ? entries.find((entry) => entry.turns.some((known) => isFree(known, only!)))
        : entries.find((entry) => entry.turns.length === turns.length && entry.turns.every((known, at) => isFree(known, turns[at]!)));
    if (!home) {
      entries.push({ order, turns: turns.map((turn) => ({ turn, seenBy: new Set([source]) })) });
      continue;
    }
    home.order = Math.min(home.order, order);
    turns.forEach((turn, at) => {
      const known = turns.length === 1 ? home.turns.find((entry) => isFree(entry, turn))! : home.turns[at]!;
      known.turn = richer(known.turn, turn);
      known.seenBy.add(source);
    });
  }
  return entries.toSorted((a, b) => a.order - b.order).map((entry) => entry.turns.map(({ turn }) => turn));
}

/** All that is said of an image, each thing once. */
export function mergeWork(parts: readonly SourcedWork[]): ImageWork {
  const bySource = new Map<number, SourcedWork>();
  for (const part of parts) {
    const known = bySource.get(part.source);
    if (!known) bySource.set(part.source, part);
    else
      bySource.set(part.source, {
        ...known,
        captions: [...known.captions, ...part.captions],
        threads: [...known.threads, ...part.threads],
        labels: [...known.labels, ...part.labels],
      });
  }
  const sources = [...bySource.values()];
  const captions: Entry<string>[] = [];
  const labels: Entry<WorkLabel>[] = [];
  let order = 0;
  for (const { source, captions: texts, labels: list, combines } of sources) {
    for (const text of texts) absorb(captions, text, source, order++, (a, b) => a === b);
    for (const label of combines ? combined(list) : list) {
      const entry = absorb(labels, label, source, order++, sameLabel);
      if (label.exact && !entry.item.exact) entry.item = label;
    }
  }
  return { captions: inOrder(captions), threads: mergeThreads(sources), labels: inOrder(labels) };
}

/** What a document holds, in the same terms. */
export function workOfDoc(doc: Doc): ImageWork {
  const points = (setId: string) => doc.point.filter((point) => point.setId === setId).map(({ xPct, yPct }) => ({ x: xPct, y: yPct }));
  const sets = new Map(doc.pointSet.map((set) => [set.id, set]));
  const threads = doc.thread.map((thread) => {
    const turns = doc.turn.filter((turn) => turn.threadId === thread.id);
    const pairs: WorkTurn[] = [];
    for (let at = 0; at + 1 < turns.length; at += 2) {
      const [question, answer] = [turns[at]!, turns[at + 1]!];
      const known = markedSets(answer.text).filter((id) => sets.has(id));
      const parts = answerParts(answer.text).map((part) => ('text' in part ? part.text : sets.has(part.setId) ? PLACEHOLDER : ''));
      pairs.push({
        question: exportText(readableAnswer(doc, question)),
        answer: exportText(parts.join('')),
        places: known.map((id) => ({ phrase: exportText(sets.get(id)!.label), points: points(id) })),
      });
    }
    return pairs;
  });
  return {
    captions: doc.caption.map((caption) => exportText(caption.text)),
    threads,
    labels: labelSets(doc).map((set) => ({ label: exportText(set.label), method: set.method, points: points(set.id) })),
  };
}

/** What of `wanted` is not in `there` yet, one by one: two of a kind are only there when there are two. */
export function missingWork(wanted: ImageWork, there: ImageWork): ImageWork {
  const without = <T>(list: readonly T[], known: readonly T[], same: (a: T, b: T) => boolean): T[] => {
    const left = [...known];
    return list.filter((item) => {
      const at = left.findIndex((other) => same(other, item));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const sameThread = (a: readonly WorkTurn[], b: readonly WorkTurn[]) => a.length === b.length && a.every((turn, at) => sameTurn(turn, b[at]!));
  return {
    captions: without(wanted.captions, there.captions, (a, b) => a === b),
    threads: without(wanted.threads, there.threads, sameThread),
    labels: without(wanted.labels, there.labels, sameLabel),
  };
}
